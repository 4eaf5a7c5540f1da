#include "mock-server/decode/json_texts.h"

#include <string>

#include "mock-server/call/coral.h"

namespace cloudchamber::mock::json_texts {
namespace {

std::string java_type(const ServiceModel& service, const Shape& shape) {
  switch (shape.type) {
    case ShapeType::kStructure:
      return coral_namespace(service) + "." + shape.name;
    case ShapeType::kList:
      return "java.util.List<" + java_type(service, *shape.element.shape) + ">";
    case ShapeType::kMap:
      return "java.util.Map<java.lang.String, " + java_type(service, *shape.value.shape) + ">";
    case ShapeType::kString:
      return "java.lang.String";
    case ShapeType::kBlob:
      return "java.nio.ByteBuffer";
    case ShapeType::kBoolean:
      return "java.lang.Boolean";
    case ShapeType::kInteger:
      return "java.lang.Integer";
    case ShapeType::kLong:
      return "java.lang.Long";
    case ShapeType::kFloat:
      return "java.lang.Float";
    case ShapeType::kDouble:
      return "java.lang.Double";
    case ShapeType::kTimestamp:
      return "java.util.Date";
  }
  return {};
}

// A generic type inside a generic type confuses AWS's reader itself.
constexpr std::string_view kCannotBeCast =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "
    "java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and "
    "java.lang.Class are in module java.base of loader 'bootstrap')";

}  // namespace

AwsError serialization(std::string_view message) {
  return {"SerializationException", std::string(message), 400};
}

AwsError unexpected_scalar(const Shape& shape, std::string_view token, bool member) {
  switch (shape.type) {
    case ShapeType::kList:
    case ShapeType::kMap:
      return serialization(member ? "Unexpected field type" : kCannotBeCast);
    case ShapeType::kStructure:
      return serialization(member ? "Unexpected field type" : "Unexpected value type in payload");
    case ShapeType::kBlob:
      return serialization("only base-64-encoded strings are convertible to bytes");
    default:
      break;
  }
  std::string_view type = "String";
  if (shape.type == ShapeType::kBoolean) type = "Boolean";
  if (shape.type == ShapeType::kInteger) type = "Integer";
  if (shape.type == ShapeType::kLong) type = "Long";
  if (shape.type == ShapeType::kFloat) type = "Float";
  if (shape.type == ShapeType::kDouble) type = "Double";
  if (shape.type == ShapeType::kTimestamp) type = "Date";
  return serialization(std::string(token) + " cannot be converted to " + std::string(type));
}

AwsError unexpected_array(const ServiceModel& service, const Shape& shape) {
  const std::string type = java_type(service, shape);
  return serialization(shape.type == ShapeType::kMap
                           ? "Unrecognized collection type " + type
                           : "Unrecognized collection type class " + type);
}

AwsError bad_base64(std::string_view text) {
  if (text.size() % 4 != 0) {
    return serialization("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                         std::to_string(text.size()));
  }
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  const std::size_t bad = text.find_first_not_of(kAlphabet);
  if (bad != std::string_view::npos) {
    std::size_t length = 1;  // of the character, which may have several bytes
    while (bad + length < text.size() && (text[bad + length] & 0xc0) == 0x80) ++length;
    return serialization("Invalid Base64 character: '" + std::string(text.substr(bad, length)) +
                         "'");
  }
  return serialization("Invalid last non-pad Base64 character dectected");  // AWS's spelling
}

}  // namespace cloudchamber::mock::json_texts
