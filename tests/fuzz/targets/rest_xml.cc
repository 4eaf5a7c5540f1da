#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_rest_xml(std::string_view input) {
  static const auto service = find_model("s3");
  decode_request(*service, input);
}

}  // namespace cloudchamber::fuzz
