#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

// SQS for its flattened lists and maps, IAM for the rest.
void fuzz_query(std::string_view input) {
  static const auto sqs = find_model("sqs.query");
  static const auto iam = find_model("iam");
  std::string_view rest = input;
  decode_body(sqs->find_operation(take_line(rest)) != nullptr ? *sqs : *iam, input);
}

}  // namespace cloudchamber::fuzz
