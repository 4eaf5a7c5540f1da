// embed_models OUTPUT FUNCTION FILE.json...: writes a C++ file that holds each file, compressed, as
// the value of a function of sdk/model/compiled_models.h. Runs while the library is built.
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

struct Model {
  std::string name;
  std::size_t size = 0;
  std::vector<unsigned char> packed;
};

Model pack(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Model model{.name = path.stem().string(), .size = text.size(), .packed = {}};
  uLongf length = compressBound(static_cast<uLong>(text.size()));
  model.packed.resize(length);
  if (text.empty() ||
      compress2(model.packed.data(), &length, reinterpret_cast<const Bytef*>(text.data()),
                static_cast<uLong>(text.size()), Z_BEST_COMPRESSION) != Z_OK) {
    std::fprintf(stderr, "embed_models: can't read or compress %s\n", path.c_str());
    std::exit(1);
  }
  model.packed.resize(length);
  return model;
}

void write(std::ostream& out, const std::string& function, const std::vector<Model>& models) {
  out << "// Written by embed_models.\n#include \"sdk/model/compiled_models.h\"\n\n"
         "namespace cloudchamber {\nnamespace {\n\n";
  for (std::size_t i = 0; i < models.size(); ++i) {
    out << "constexpr unsigned char kBytes" << i << "[] = {";
    std::size_t column = 0;
    for (const unsigned char byte : models[i].packed) {
      if (column++ % 40 == 0) out << '\n';
      out << static_cast<int>(byte) << ',';
    }
    out << "};\n\n";
  }
  out << "constexpr CompiledModel kModels[] = {\n";
  for (std::size_t i = 0; i < models.size(); ++i) {
    out << "    {\"" << models[i].name << "\", kBytes" << i << ", sizeof(kBytes" << i << "), "
        << models[i].size << "},\n";
  }
  out << "};\n\n}  // namespace\n\n"
         "std::span<const CompiledModel> "
      << function
      << "() { return kModels; }\n\n"
         "}  // namespace cloudchamber\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: embed_models OUTPUT FUNCTION FILE.json...\n");
    return 2;
  }
  std::vector<Model> models;
  for (int i = 3; i < argc; ++i) models.push_back(pack(argv[i]));
  std::sort(models.begin(), models.end(),
            [](const Model& a, const Model& b) { return a.name < b.name; });
  std::ofstream out(argv[1], std::ios::binary);
  write(out, argv[2], models);
  out.close();
  return out.good() ? 0 : 1;
}
