// The fuzz corpora as an ordinary test: every file, every file cut short, and every file with one
// byte changed, in a way that is the same each time.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {
namespace {

std::vector<std::string> corpus(const std::string& target) {
  std::vector<std::string> inputs;
  const std::filesystem::path folder = "tests/fuzz/corpus/" + target;
  if (!std::filesystem::is_directory(folder)) return inputs;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

void replay(const std::string& target, void (*run)(std::string_view)) {
  const std::vector<std::string> inputs = corpus(target);
  EXPECT_GE(inputs.size(), 3U) << target << " has hardly a corpus";
  // Much is done with what is imported.
  const std::size_t places = target.starts_with("import_") || target == "recordings" ? 40 : 200;
  run("");
  for (const std::string& input : inputs) {
    run(input);
    const std::size_t step = 1 + input.size() / places;
    for (std::size_t i = 0; i < input.size(); i += step) {
      run(std::string_view(input).substr(0, i));
      std::string changed = input;
      for (const char by : {'\0', '\xff', '<', '%', '.', '"', '{', '9'}) {
        changed[i] = by;
        run(changed);
      }
    }
  }
}

#define CHAMBER_REPLAY(name) \
  TEST(FuzzCorpus, name) { replay(#name, fuzz_##name); }
CHAMBER_FUZZ_TARGETS(CHAMBER_REPLAY)
#undef CHAMBER_REPLAY

}  // namespace
}  // namespace cloudchamber::fuzz
