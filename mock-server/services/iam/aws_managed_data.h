#pragma once

#include <string_view>

namespace cloudchamber::mock::iam {

// The text of aws_managed_policies.json, compiled in.
[[nodiscard]] std::string_view aws_managed_policies_json();

}  // namespace cloudchamber::mock::iam
