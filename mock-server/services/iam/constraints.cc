#include "mock-server/services/iam/constraints.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/call/constraints.h"
#include "mock-server/call/pattern.h"
#include "mock-server/services/iam/errors.h"

namespace cloudchamber::mock::iam {
namespace {

// Names, paths and documents of wrong characters are told of in words of IAM's own, after all else.
struct OwnWords {
  std::string_view shape;
  std::string_view rule;
};
constexpr std::string_view kNameRule =
    "It must contain only alphanumeric characters and/or the following: +=,.@_-";
constexpr std::string_view kPathRule =
    "It must begin and end with / and contain only alphanumeric characters and/or / characters.";
constexpr std::string_view kDocumentRule = "It must contain only printable ASCII characters.";
constexpr std::array<OwnWords, 12> kOwnWords = {{{"userNameType", kNameRule},
                                                 {"existingUserNameType", kNameRule},
                                                 {"groupNameType", kNameRule},
                                                 {"roleNameType", kNameRule},
                                                 {"policyNameType", kNameRule},
                                                 {"instanceProfileNameType", kNameRule},
                                                 {"entityNameType", kNameRule},
                                                 {"serverCertificateNameType", kNameRule},
                                                 {"virtualMFADeviceName", kNameRule},
                                                 {"pathType", kPathRule},
                                                 {"policyPathType", kPathRule},
                                                 {"policyDocumentType", kDocumentRule}}};

std::string_view rule_of(const Shape& shape) {
  for (const OwnWords& own : kOwnWords) {
    if (own.shape == shape.name) return own.rule;
  }
  return {};
}

std::string decapitalized(std::string name) {
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') {
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
  }
  return name;
}

}  // namespace

// Values are not repeated, nor the values of an enum: LocalStack's recordings of 2025
// test_user_match_id_mismatch and test_invalid_update_parameters.
void check_constraints(const Call& call) {
  const Shape* shape = call.operation().input;
  if (shape == nullptr) return;
  ConstraintOptions options;
  options.tells_values = false;
  for (const OwnWords& own : kOwnWords) options.patterns_left_out.push_back(own.shape);
  if (const auto message = constraint_message(*shape, call.input(), options)) {
    throw validation_error(*message);
  }
  for (const Member& member : shape->members) {
    const std::string_view rule = rule_of(*member.shape);
    const Json* value = call.find(member.name);
    if (rule.empty() || value == nullptr || member.shape->pattern.empty()) continue;
    const auto& text = value->get_ref<const std::string&>();
    // moto's authors saw that no path may have two slashes in a row, though the model's has.
    const bool empty_step = rule == kPathRule && text.find("//") != std::string::npos;
    if (empty_step || !matches_pattern(member.shape->pattern, text)) {
      throw validation_error("The specified value for " + decapitalized(member.name) +
                             " is invalid. " + std::string(rule));
    }
  }
}

}  // namespace cloudchamber::mock::iam
