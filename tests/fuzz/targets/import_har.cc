// HAR, others' and ours, whose bodies may lie in files beside it: those of the folder below.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "sdk/codec/digests.h"
#include "sdk/recording/har.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {
namespace {

class Folder {
 public:
  Folder() {
    const std::filesystem::path bodies = bodies_of(file()).folder;
    std::filesystem::create_directories(bodies);
    const auto name_of = [](std::string_view body) {
      return hex(digest_of(Digest::kSha256, body));
    };
    std::ofstream(bodies / name_of("hello")) << "hello";
    std::ofstream(bodies / name_of("promised")) << "another";
    std::filesystem::create_symlink("/etc/passwd", bodies / name_of("link"));
    std::filesystem::create_directory(bodies / name_of("folder"));
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path file() const { return folder_ / "fuzzed.har"; }

 private:
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("chamber_fuzz." + std::to_string(getpid()));
};

}  // namespace

void fuzz_import_har(std::string_view input) {
  static const Folder folder;
  static const std::string name = folder.file().string();
  import_and_use(input, "HAR", name);
}

}  // namespace cloudchamber::fuzz
