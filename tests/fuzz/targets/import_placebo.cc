// placebo's files: the first line of `input` is the file's name, which says service and operation.
#include <algorithm>
#include <string>

#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_placebo(std::string_view input) {
  std::string name(take_line(input));
  name.resize(std::min(name.find('\0'), name.size()));  // no file's name holds one
  import_parsed_and_use(input, "placebo", name);
}

}  // namespace cloudchamber::fuzz
