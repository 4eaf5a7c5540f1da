// placebo's files: the first line of `input` is the file's name, which says service and operation.
#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_placebo(std::string_view input) {
  const std::string name(take_line(input));
  import_parsed_and_use(input, "placebo", name);
}

}  // namespace cloudchamber::fuzz
