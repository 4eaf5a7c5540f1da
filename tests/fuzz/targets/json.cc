#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_json(std::string_view input) {
  static const auto service = find_model("dynamodb");
  decode_body(*service, input);
}

}  // namespace cloudchamber::fuzz
