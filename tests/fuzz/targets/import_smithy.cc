#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_smithy(std::string_view input) { import_and_use(input, "smithy-rs"); }

}  // namespace cloudchamber::fuzz
