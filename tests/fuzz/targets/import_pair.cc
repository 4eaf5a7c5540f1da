// botocore's pairs: the first line of `input` is the response's file name, up to a line "---"
// stands its body, then what a client must make of it.
#include <string>

#include "recordings/import/formats.h"
#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_import_pair(std::string_view input) {
  const std::string name(take_line(input));
  std::string body;
  while (!input.empty()) {
    const std::string_view line = take_line(input);
    if (line == "---") break;
    body.append(line).append("\n");
  }
  try {
    use(recordings::read_pair(name, body, recordings::read_json(input)));
  } catch (const recordings::Refusal&) {
  }
}

}  // namespace cloudchamber::fuzz
