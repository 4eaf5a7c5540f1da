#include "tests/fuzz/conformance.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::fuzz {
namespace {

[[noreturn]] void report(std::string_view what, const Shape& shape, const Json& value) {
  std::cerr << what << ": " << shape.name << " is "
            << value.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
  std::abort();
}

void check(const Shape& shape, const Json& value) {
  if (shape.document) return;
  bool right = false;
  switch (shape.type) {
    case ShapeType::kStructure:
      if (!value.is_object()) break;
      for (const auto& [name, member_value] : value.items()) {
        const Member* member = shape.find(name);
        if (member == nullptr) report("a member that the model does not have", shape, value);
        check(*member->shape, member_value);
      }
      return;
    case ShapeType::kList:
      if (!value.is_array()) break;
      for (const Json& item : value) check(*shape.element.shape, item);
      return;
    case ShapeType::kMap:
      if (!value.is_object()) break;
      for (const auto& [key, item] : value.items()) check(*shape.value.shape, item);
      return;
    case ShapeType::kString:
      right = value.is_string();
      break;
    case ShapeType::kBlob:
      right = value.is_binary();
      break;
    case ShapeType::kBoolean:
      right = value.is_boolean();
      break;
    case ShapeType::kInteger:
      right = value.is_number_integer() && value >= INT32_MIN && value <= INT32_MAX;
      break;
    case ShapeType::kLong:
      right = value.is_number_integer();
      break;
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      right = value.is_number() || value == "NaN" || value == "Infinity" || value == "-Infinity";
      break;
    case ShapeType::kTimestamp:
      right = value.is_string() && timestamp_of(value).has_value();
      break;
  }
  if (!right) report("a value of another type", shape, value);
}

}  // namespace

std::string_view take_line(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
  return line;
}

void decode_anything(const ServiceModel& service, const Operation& operation,
                     const HttpRequest& request) {
  try {
    const Json input = mock::decode(service, operation, request);
    if (!input.is_object()) std::abort();
    if (operation.input != nullptr) check(*operation.input, input);
    // Throws where a string is not UTF-8.
    (void)input.dump();
  } catch (const mock::AwsError&) {
  }
}

const Operation& some_operation(const ServiceModel& service, std::string_view name) {
  if (const Operation* operation = service.find_operation(name)) return *operation;
  std::size_t sum = 0;
  for (const char c : name) sum = sum * 31 + static_cast<unsigned char>(c);
  return *service.operations()[sum % service.operations().size()];
}

void decode_body(const ServiceModel& service, std::string_view input) {
  const Operation& operation = some_operation(service, take_line(input));
  HttpRequest request;
  request.body = Blob(input);
  decode_anything(service, operation, request);
}

void decode_request(const ServiceModel& service, std::string_view input) {
  const Operation& operation = some_operation(service, take_line(input));
  HttpRequest request;
  request.method = operation.http_method;
  request.target = take_line(input);
  while (!input.empty()) {
    const std::string_view line = take_line(input);
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 2)));
  }
  request.body = Blob(input);
  decode_anything(service, operation, request);
}

std::shared_ptr<const ServiceModel> model_of_everything(std::string_view protocol) {
  return ServiceModel::from_text("everything", R"({
  "metadata": {"protocol": ")" + std::string(protocol) +
                                                   R"(", "endpointPrefix": "everything",
               "serviceId": "Everything", "signatureVersion": "v4", "apiVersion": "2020-01-01"},
  "operations": {
    "Op": {"name": "Op", "http": {"method": "POST", "requestUri": "/op/{Label}/{Number}/{Rest+}?fixed"},
           "input": {"shape": "Input"}},
    "Payload": {"name": "Payload", "http": {"method": "PUT", "requestUri": "/payload"},
                "input": {"shape": "PayloadInput"}},
    "Document": {"name": "Document", "http": {"method": "PUT", "requestUri": "/document"},
                 "input": {"shape": "DocumentInput"}}},
  "shapes": {
    "Input": {"type": "structure", "members": {
      "Label": {"shape": "String", "location": "uri", "locationName": "Label"},
      "Number": {"shape": "Long", "location": "uri", "locationName": "Number"},
      "Rest": {"shape": "String", "location": "uri", "locationName": "Rest"},
      "Query": {"shape": "Timestamp", "location": "querystring", "locationName": "query"},
      "Queries": {"shape": "Doubles", "location": "querystring", "locationName": "queries"},
      "AllQueries": {"shape": "StringsMap", "location": "querystring"},
      "Header": {"shape": "Double", "location": "header", "locationName": "x-header"},
      "Dates": {"shape": "Dates", "location": "header", "locationName": "x-dates"},
      "Names": {"shape": "Strings", "location": "header", "locationName": "x-names"},
      "Json": {"shape": "String", "location": "header", "locationName": "x-json",
               "jsonvalue": true},
      "Headers": {"shape": "StringMap", "location": "headers", "locationName": "x-meta-"},
      "Body": {"shape": "Body"}}},
    "Body": {"type": "structure", "members": {
      "S": {"shape": "String"}, "I": {"shape": "Integer"}, "L": {"shape": "Long"},
      "D": {"shape": "Double"}, "B": {"shape": "Boolean"}, "Bin": {"shape": "Blob"},
      "T": {"shape": "Timestamp"}, "List": {"shape": "Bodies"}, "Map": {"shape": "BodyMap"},
      "Doc": {"shape": "Doc"}, "Again": {"shape": "Body"}}},
    "PayloadInput": {"type": "structure", "payload": "Body",
                     "members": {"Body": {"shape": "Body"}}},
    "DocumentInput": {"type": "structure", "payload": "Doc", "members": {"Doc": {"shape": "Doc"}}},
    "Bodies": {"type": "list", "member": {"shape": "Body"}},
    "BodyMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Body"}},
    "Strings": {"type": "list", "member": {"shape": "String"}},
    "Doubles": {"type": "list", "member": {"shape": "Double"}},
    "Dates": {"type": "list", "member": {"shape": "Timestamp"}},
    "StringMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}},
    "StringsMap": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "Strings"}},
    "Doc": {"type": "structure", "members": {}, "document": true},
    "String": {"type": "string"}, "Integer": {"type": "integer"}, "Long": {"type": "long"},
    "Double": {"type": "double"}, "Boolean": {"type": "boolean"}, "Blob": {"type": "blob"},
    "Timestamp": {"type": "timestamp"}}})");
}

}  // namespace cloudchamber::fuzz
