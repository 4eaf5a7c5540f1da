#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_cbor(std::string_view input) {
  static const auto service = model_of_everything("smithy-rpc-v2-cbor");
  decode_body(*service, input);
}

}  // namespace cloudchamber::fuzz
