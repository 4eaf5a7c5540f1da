#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_snapshot(std::string_view input) {
  import_parsed_and_use(input, "LocalStack snapshot", "test.snapshot.json");
}

}  // namespace cloudchamber::fuzz
