#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_rest_json(std::string_view input) {
  static const auto service = model_of_everything("rest-json");
  decode_request(*service, input);
}

}  // namespace cloudchamber::fuzz
