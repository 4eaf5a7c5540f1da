// Binaries and sets as Json.
#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/types.h"
#include "sdk/codec/bytes.h"
#include "sdk/dynamodb/extension.h"

namespace cloudchamber::dynamodb {
namespace {

Json elements_of(const Json& json, Extension extension, const char* what) {
  if (extension_of(json) != extension)
    throw TypeError(std::string(what) + " set is needed, not " + kind_of(json));
  return form_of(json);
}

}  // namespace

void to_json(Json& json, const Binary& binary) { json = cloudchamber::binary(binary.bytes); }

void from_json(const Json& json, Binary& binary) {
  if (!json.is_binary() || extension_of(json))
    throw TypeError("A binary is needed, not " + kind_of(json));
  binary.bytes = bytes_of(json);
}

void to_json(Json& json, const StringSet& set) {
  Json form = Json::array();
  for (const std::string& element : set) form.push_back(element);
  json = extension_from_form(Extension::kStringSet, form);
}

void to_json(Json& json, const NumberSet& set) {
  Json form = Json::array();
  for (const Decimal& element : set) form.push_back(element.to_string());
  json = extension_from_form(Extension::kNumberSet, form);
}

void to_json(Json& json, const BinarySet& set) {
  Json form = Json::array();
  for (const Binary& element : set) form.push_back(element);
  json = extension_from_form(Extension::kBinarySet, form);
}

void from_json(const Json& json, StringSet& set) {
  set = {};
  for (Json& element : elements_of(json, Extension::kStringSet, "A string"))
    set.insert(std::move(element.get_ref<std::string&>()));
}

void from_json(const Json& json, NumberSet& set) {
  set = {};
  for (const Json& element : elements_of(json, Extension::kNumberSet, "A number"))
    set.insert(Decimal(element.get_ref<const std::string&>()));
}

void from_json(const Json& json, BinarySet& set) {
  set = {};
  for (const Json& element : elements_of(json, Extension::kBinarySet, "A binary"))
    set.insert(element.get<Binary>());
}

}  // namespace cloudchamber::dynamodb
