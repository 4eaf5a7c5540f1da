// RuleValue: what the expressions of endpoint rules are worth.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cloudchamber {

struct RuleRecord;

// Nothing, a boolean, a text, a list of texts, or a record such as an ARN's parts.
using RuleValue = std::variant<std::monostate, bool, std::string, std::vector<std::string>,
                               std::shared_ptr<const RuleRecord>>;

struct RuleRecord {
  std::vector<std::pair<std::string_view, RuleValue>> fields;

  [[nodiscard]] const RuleValue* find(std::string_view name) const {
    for (const auto& [known, value] : fields)
      if (known == name) return &value;
    return nullptr;
  }
};

[[nodiscard]] inline bool is_set(const RuleValue& value) {
  return !std::holds_alternative<std::monostate>(value);
}
// Where a condition passes: whatever is there and not `false`.
[[nodiscard]] inline bool holds(const RuleValue& value) {
  const bool* flag = std::get_if<bool>(&value);
  return flag != nullptr ? *flag : is_set(value);
}
// The text, "" when it is none.
[[nodiscard]] inline const std::string& text_of(const RuleValue& value) {
  static const std::string none;
  const std::string* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : none;
}

}  // namespace cloudchamber
