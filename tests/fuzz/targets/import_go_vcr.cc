#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_go_vcr(std::string_view input) { import_and_use(input, "go-vcr"); }

}  // namespace cloudchamber::fuzz
