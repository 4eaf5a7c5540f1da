// A recording of ours that was not closed: a head and entries, a line each.
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_har_part(std::string_view input) {
  if (input.starts_with("{\"_log\":")) import_and_use(input, "HAR");
}

}  // namespace cloudchamber::fuzz
