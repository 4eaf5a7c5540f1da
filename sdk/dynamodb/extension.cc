#include "sdk/dynamodb/extension.h"

#include <vector>

namespace cloudchamber::dynamodb {

Json extension_from_bytes(Extension extension, std::string_view bytes) {
  return Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()),
                      static_cast<std::uint64_t>(extension));
}

Json extension_from_form(Extension extension, const Json& form) {
  return Json::binary(Json::to_cbor(form), static_cast<std::uint64_t>(extension));
}

Json form_of(const Json& extension) {
  // Subtypes within the form (a decimal in a condition) are CBOR's tags.
  return Json::from_cbor(extension.get_binary(), true, true, Json::cbor_tag_handler_t::store);
}

std::string kind_of(const Json& value) {
  if (const auto extension = extension_of(value)) {
    switch (*extension) {
      case Extension::kDecimal:
        return "a decimal";
      case Extension::kStringSet:
        return "a string set";
      case Extension::kNumberSet:
        return "a number set";
      case Extension::kBinarySet:
        return "a binary set";
      case Extension::kAttribute:
        return "an attribute";
      case Extension::kCondition:
        return "a condition";
    }
  }
  if (value.is_number_float()) return "a float";
  if (value.is_number()) return "an integer";
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  if (value.is_null()) return "null";
  return std::string("a ") + value.type_name();
}

}  // namespace cloudchamber::dynamodb
