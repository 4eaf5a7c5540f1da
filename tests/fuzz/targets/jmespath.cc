// The first line is an expression, the rest the document.
#include "sdk/codec/jmespath.h"

#include <nlohmann/json.hpp>

#include "tests/fuzz/conformance.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {

void fuzz_jmespath(std::string_view input) {
  const std::string_view expression = take_line(input);
  if (input.size() > 4096 || expression.size() > 256) return;
  const Json document = Json::parse(input, nullptr, false);
  try {
    const JmesPath path(expression);
    if (!document.is_discarded()) static_cast<void>(path.search(document));
  } catch (const JmesPathError&) {
  }
}

}  // namespace cloudchamber::fuzz
