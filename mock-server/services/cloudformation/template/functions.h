// The intrinsic functions: a value of a template with its calls carried out.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

// What names stand for. Throws AwsError where a name stands for nothing.
class Scope {
 public:
  virtual ~Scope() = default;
  // A parameter or pseudo parameter: a string or a list of strings; null where there is none of
  // that name.
  [[nodiscard]] virtual const Json* parameter(const std::string& name) const = 0;
  [[nodiscard]] virtual Json resource(const std::string& logical_id) const = 0;
  [[nodiscard]] virtual Json attribute(const std::string& logical_id,
                                       const std::string& name) const = 0;
  [[nodiscard]] virtual bool condition(const std::string& name) const = 0;
  [[nodiscard]] virtual Json import_value(const std::string& export_name) const = 0;
  [[nodiscard]] virtual Json availability_zones(const std::string& region) const = 0;
  // The sections of the template, an empty object where it has none.
  [[nodiscard]] virtual const Json& mappings() const = 0;
  // Transform: AWS::LanguageExtensions.
  [[nodiscard]] virtual bool has_language_extensions() const = 0;
};

// How AWS writes a scalar into text: "true", "5", a string as it is.
[[nodiscard]] std::string text_of(const Json& scalar);

// "Ref", "Fn::Sub" ... where `value` is the call of a function; "" where it is none.
[[nodiscard]] std::string_view function_of(const Json& value);

// Resolves values in one scope. What all its values together may grow to is bounded.
class Resolver {
 public:
  explicit Resolver(const Scope& scope) : scope_(scope) {}

  // Nothing for AWS::NoValue; a member or element without value is left out of what it stands in.
  // Throws ValidationError ("Template error: ...").
  [[nodiscard]] std::optional<Json> resolve(const Json& value);
  // The same where something must stand: null for nothing.
  [[nodiscard]] Json value_of(const Json& value);
  // A value of the Conditions section, or what Fn::If and the like take.
  [[nodiscard]] bool condition_of(const Json& value);

 private:
  [[nodiscard]] std::optional<Json> call(std::string_view function, const Json& argument);
  [[nodiscard]] std::optional<Json> ref(const Json& argument);
  [[nodiscard]] Json get_att(const Json& argument);
  [[nodiscard]] Json sub(const Json& argument);
  [[nodiscard]] std::string variable(const std::string& name, const Json& given);
  [[nodiscard]] Json join(const Json& argument);
  [[nodiscard]] std::optional<Json> select(const Json& argument);
  [[nodiscard]] Json split(const Json& argument);
  [[nodiscard]] Json find_in_map(const Json& argument);
  [[nodiscard]] std::optional<Json> if_else(const Json& argument);
  [[nodiscard]] Json base64(const Json& argument);
  [[nodiscard]] Json cidr(const Json& argument);
  [[nodiscard]] Json get_azs(const Json& argument);
  [[nodiscard]] Json import_value(const Json& argument);
  [[nodiscard]] Json length(const Json& argument);
  [[nodiscard]] Json to_json_string(const Json& argument);
  [[nodiscard]] Json grown(std::string text);

  const Scope& scope_;
  std::size_t grown_ = 0;
};

}  // namespace cloudchamber::mock::cloudformation
