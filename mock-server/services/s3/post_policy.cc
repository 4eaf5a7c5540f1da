#include "mock-server/services/s3/post_policy.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "mock-server/services/s3/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::s3 {
namespace {

AwsError invalid_policy(const std::string& why) {
  return AwsError("InvalidPolicyDocument", "Invalid Policy: " + why, 400);
}

AwsError against_policy(const std::string& why) {
  return access_denied("Invalid according to Policy: " + why);
}

// As AWS writes a condition in its message: ["eq", "$key", "value"].
std::string shown(const Json& condition) {
  std::string text = "[";
  for (std::size_t i = 0; i < condition.size(); ++i) {
    if (i > 0) text += ", ";
    text += condition[i].is_string() ? condition[i].dump() : "\"" + condition[i].dump() + "\"";
  }
  return text + "]";
}

void check_length(const Json& condition, std::size_t size) {
  if (condition.size() != 3) {
    throw invalid_policy("Invalid 'content-length-range': wrong number of arguments.");
  }
  const auto bound = [&](std::size_t index) -> std::int64_t {
    const Json& value = condition[index];
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (value.is_string()) {
      const std::string& text = value.get_ref<const std::string&>();
      const bool digits =
          !text.empty() && text.size() < 19 &&
          std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (digits) return std::stoll(text);
    }
    throw against_policy("Policy Condition failed: " + shown(condition));
  };
  const std::int64_t least = bound(1);
  const std::int64_t most = bound(2);
  const auto actual = static_cast<std::int64_t>(size);
  if (actual < least) {
    AwsError error("EntityTooSmall",
                   "Your proposed upload is smaller than the minimum allowed size", 400);
    throw error.with("ProposedSize", std::to_string(actual))
        .with("MinSizeAllowed", std::to_string(least));
  }
  if (actual > most) {
    AwsError error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400);
    throw error.with("ProposedSize", std::to_string(actual))
        .with("MaxSizeAllowed", std::to_string(most));
  }
}

// Every condition, and the fields that they speak of.
class Checker {
 public:
  Checker(const FormData& form, const std::string& bucket) : form_(form), bucket_(bucket) {}

  void check(const Json& condition) {
    if (condition.is_object()) {
      for (const auto& [name, value] : condition.items()) {
        check_field({"eq", "$" + name, value}, "eq", name, value);
      }
      return;
    }
    if (!condition.is_array() || condition.empty() || !condition[0].is_string()) {
      throw invalid_policy("Invalid Policy Condition.");
    }
    const std::string operation = lowered(condition[0].get<std::string>());
    if (operation == "content-length-range") return check_length(condition, form_.file.size());
    if (condition.size() != 3 || !condition[1].is_string()) {
      throw invalid_policy("Invalid Policy Condition.");
    }
    std::string name = condition[1].get<std::string>();
    if (!name.starts_with('$')) throw invalid_policy("Invalid Policy Condition.");
    check_field(condition, operation, name.substr(1), condition[2]);
  }

  void check_extra_fields() const {
    constexpr std::array<std::string_view, 6> kFree = {
        "x-amz-signature", "signature", "awsaccesskeyid", "policy", "file", "x-amz-security-token"};
    for (const auto& [field, value] : form_.fields) {
      const std::string name = lowered(field);
      const bool free = std::find(kFree.begin(), kFree.end(), name) != kFree.end() ||
                        name.starts_with("x-ignore-") || name.starts_with("x-amz-checksum-");
      if (!free && !seen_.contains(name)) throw against_policy("Extra input fields: " + name);
    }
  }

 private:
  void check_field(const Json& condition, const std::string& operation, const std::string& name,
                   const Json& wanted) {
    if (operation != "eq" && operation != "starts-with") {
      throw invalid_policy("Invalid Policy Condition: Unknown operation '" + operation + "'.");
    }
    if (!wanted.is_string())
      throw invalid_policy("Invalid Simple-Condition: value must be a string.");
    const std::string field = lowered(name);
    seen_.insert(field);
    const std::string* sent = form_.find(field);
    const std::string value = field == "bucket" ? bucket_ : sent != nullptr ? *sent : std::string();
    const std::string& text = wanted.get_ref<const std::string&>();
    bool holds = sent != nullptr || field == "bucket" || text.empty();
    if (operation == "eq") {
      holds = holds && value == text;
    } else if (field == "content-type") {  // a list: every item begins so
      std::string_view rest = value;
      while (holds) {
        const std::size_t comma = rest.find(',');
        holds = rest.substr(0, comma).starts_with(text);
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
      }
    } else {
      holds = holds && value.starts_with(text);
    }
    if (!holds) throw against_policy("Policy Condition failed: " + shown(condition));
  }

  const FormData& form_;
  const std::string& bucket_;
  std::set<std::string> seen_;
};

}  // namespace

void check_post_policy(std::string_view encoded, const FormData& form, const std::string& bucket,
                       TimePoint now) {
  const auto text = base64_decode(encoded);
  const Json policy = text ? Json::parse(*text, nullptr, /*allow_exceptions=*/false) : Json();
  if (!policy.is_object()) throw invalid_policy("Invalid JSON.");
  const auto expiration = policy.find("expiration");
  if (expiration == policy.end()) throw invalid_policy("Policy missing expiration.");
  const auto expires = expiration->is_string()
                           ? parse_timestamp(expiration->get_ref<const std::string&>())
                           : std::nullopt;
  if (!expires || expiration->get_ref<const std::string&>().find('T') == std::string::npos) {
    throw invalid_policy(
        "Invalid 'expiration' value: '" +
        (expiration->is_string() ? expiration->get<std::string>() : expiration->dump()) + "'");
  }
  const auto conditions = policy.find("conditions");
  if (conditions == policy.end()) throw invalid_policy("Policy missing conditions.");
  if (!conditions->is_array()) throw invalid_policy("Invalid 'conditions' value: must be a List.");
  if (*expires <= now) throw against_policy("Policy expired.");
  Checker checker(form, bucket);
  for (const Json& condition : *conditions) {
    if (condition.empty()) throw invalid_policy("Invalid Simple-Condition: must have one key.");
    checker.check(condition);
  }
  checker.check_extra_fields();
}

}  // namespace cloudchamber::mock::s3
