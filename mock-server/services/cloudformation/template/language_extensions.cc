#include "mock-server/services/cloudformation/template/language_extensions.h"

#include <cctype>
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/parameters.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::string_view kForEach = "Fn::ForEach::";
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
constexpr std::size_t kMaxCollection = 500;
constexpr std::size_t kMaxValues = 200'000;
constexpr std::size_t kMaxText = std::size_t{1} << 20;
constexpr std::size_t kMaxBytes = std::size_t{16} << 20;

AwsError too_much() { return template_error("Fn::ForEach makes more than it may"); }
AwsError wrong_layout() { return template_error("Fn::ForEach layout is incorrect"); }

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
    if (text.size() > kMaxText) throw too_much();
  }
}

class Expander {
 public:
  explicit Expander(const Json& body) : parameters_(section(body, "Parameters")) {}

  [[nodiscard]] Json expand(const Json& value) {
    if (++made_ > kMaxValues) throw too_much();
    if (value.is_array()) {
      Json result = Json::array();
      for (const Json& element : value) result.push_back(expand(element));
      return result;
    }
    if (!value.is_object()) return value;
    Json result = Json::object();
    for (const auto& [name, inner] : value.items()) {
      if (!name.starts_with(kForEach)) {
        result[name] = expand(inner);
        continue;
      }
      const Json expanded = for_each(inner);
      for (const auto& [made, content] : expanded.items()) {
        if (result.contains(made))
          throw template_error("duplicate key " + made + " in Fn::ForEach");
        result[made] = content;
      }
    }
    return result;
  }

 private:
  // [identifier, collection, {key with ${identifier}: body}]
  [[nodiscard]] Json for_each(const Json& argument) {
    if (!argument.is_array() || argument.size() != 3 || !argument[0].is_string() ||
        !argument[2].is_object())
      throw wrong_layout();
    const std::string identifier = argument[0].get<std::string>();
    const Json collection = collection_of(argument[1]);
    if (collection.size() > kMaxCollection) throw wrong_layout();
    Json result = Json::object();
    for (const Json& element : collection) {
      if (element.is_structured()) throw wrong_layout();
      const Json body = expand(substituted(argument[2], identifier, text_of(element)));
      for (const auto& [name, inner] : body.items()) {
        if (result.contains(name))
          throw template_error("duplicate key " + name + " in Fn::ForEach");
        result[name] = inner;
      }
    }
    return result;
  }

  [[nodiscard]] Json collection_of(const Json& given) const {
    if (given.is_array()) return given;
    if (function_of(given) == "Ref" && given["Ref"].is_string()) {
      const Json& parameter = member(parameters_, given["Ref"].get_ref<const std::string&>());
      const Json& fallback = member(parameter, "Default");
      if (fallback.is_primitive() && !fallback.is_null()) {
        const Json list = parameter_reference(parameter, text_of(fallback));
        if (list.is_array()) return list;
      }
    }
    throw not_implemented("A collection of Fn::ForEach that is no literal list");
  }

  [[nodiscard]] Json substituted(const Json& value, const std::string& identifier,
                                 const std::string& with) {
    if (++made_ > kMaxValues) throw too_much();
    if (value.is_string()) return text_with(value.get<std::string>(), identifier, with);
    if (value.is_array()) {
      Json result = Json::array();
      for (const Json& element : value) result.push_back(substituted(element, identifier, with));
      return result;
    }
    if (!value.is_object()) return value;
    if (value.size() == 1 && value.begin().key() == "Ref" && value.begin().value() == identifier)
      return with;
    Json result = Json::object();
    for (const auto& [name, inner] : value.items())
      result[text_with(name, identifier, with)] = substituted(inner, identifier, with);
    return result;
  }

  [[nodiscard]] std::string text_with(std::string text, const std::string& identifier,
                                      const std::string& with) {
    replace_all(text, "${" + identifier + '}', with);
    std::string bare;  // &{X} leaves out what is not alphanumeric
    for (const char c : with) {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0) bare += c;
    }
    replace_all(text, "&{" + identifier + '}', bare);
    bytes_ += text.size();
    if (bytes_ > kMaxBytes) throw too_much();
    return text;
  }

  const Json& parameters_;
  std::size_t made_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Json expand_language_extensions(Json body) { return Expander(body).expand(body); }

}  // namespace cloudchamber::mock::cloudformation
