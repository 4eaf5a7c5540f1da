#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_ec2(std::string_view input) {
  static const auto service = find_model("ec2");
  decode_body(*service, input);
}

}  // namespace cloudchamber::fuzz
