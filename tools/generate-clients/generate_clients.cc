// generate_clients FOLDER: writes the generated clients of all compiled-in models:
// FOLDER/include/cloudchamber/services/<service>.h and FOLDER/<service>.cc, for those with
// resources also FOLDER/include/cloudchamber/resources/<service>.h and
// FOLDER/<service>_resources.cc. A file whose content is right already is left alone. Runs while
// the project is built.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "sdk/model/service_model.h"
#include "sdk/resource/resource_model.h"
#include "tools/generate-clients/write_client.h"
#include "tools/generate-clients/write_resources.h"

namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  std::ifstream old(path, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(old), std::istreambuf_iterator<char>()};
  if (before == text) return;
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("can't write " + path.string());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: generate_clients FOLDER\n");
    return 2;
  }
  try {
    const fs::path folder = argv[1];
    for (const std::string& service : cloudchamber::model_names()) {
      const auto model = cloudchamber::find_model(service);
      write(folder / "include/cloudchamber/services" / (service + ".h"),
            cloudchamber::client_header(*model));
      write(folder / (service + ".cc"), cloudchamber::client_source(*model));
      const auto resources = cloudchamber::ResourceModel::of(model);
      if (resources == nullptr) continue;
      write(folder / "include/cloudchamber/resources" / (service + ".h"),
            cloudchamber::resources_header(*resources));
      write(folder / (service + "_resources.cc"), cloudchamber::resources_source(*resources));
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "generate_clients: %s\n", error.what());
    return 1;
  }
  return 0;
}
