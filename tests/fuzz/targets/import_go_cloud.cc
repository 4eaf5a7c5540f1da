#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_go_cloud(std::string_view input) { import_and_use(input, "go-cloud"); }

}  // namespace cloudchamber::fuzz
