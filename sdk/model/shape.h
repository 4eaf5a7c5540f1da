// Shape: one type of an AWS service model, with the traits that say how it goes over the wire.
//
// The field names are those of botocore's service-2.json. Shapes are immutable once a ServiceModel
// is loaded, refer to each other by pointer (they may recurse), and live as long as their model;
// reading them is thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

enum class ShapeType {
  kStructure,
  kList,
  kMap,
  kString,
  kBlob,
  kBoolean,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kTimestamp
};
enum class Location { kBody, kHeader, kHeaders, kQueryString, kUri, kStatusCode };
enum class TimestampFormat { kUnset, kIso8601, kRfc822, kUnix };

struct Shape;

// A place where a shape is used: a member of a structure, the element of a list, the key or value
// of a map.
struct Member {
  std::string name;  // as in parameters and results; "" for list elements, keys and values
  const Shape* shape = nullptr;
  Location location = Location::kBody;
  std::string location_name;  // "" when the model states none
  std::string query_name;     // EC2's queryName, "" when none
  std::string context_param;  // the parameter of the endpoint rules that it is, "" when none
  std::string xml_namespace;  // "" when none
  std::string xml_prefix;
  TimestampFormat timestamp_format = TimestampFormat::kUnset;
  bool flattened = false;
  bool streaming = false;  // stated here or on the shape
  bool xml_attribute = false;
  bool idempotency_token = false;
  bool host_label = false;
  bool json_value = false;
  bool event_payload = false;
  bool event_header = false;
  bool deprecated = false;
  bool required = false;  // listed in the structure's `required`

  // location_name, else name.
  [[nodiscard]] const std::string& wire_name() const {
    return location_name.empty() ? name : location_name;
  }
  // Stated here or on the shape, in this order.
  [[nodiscard]] TimestampFormat timestamp() const;
  [[nodiscard]] bool is_flattened() const;
};

struct Shape {
  std::string name;
  ShapeType type = ShapeType::kStructure;

  std::vector<Member> members;  // structure: in the model's order
  Member element;               // list
  Member key;                   // map
  Member value;                 // map

  std::vector<std::string> enum_values;
  std::string pattern;
  std::optional<double> min;
  std::optional<double> max;

  std::string payload;  // structure: the member that is the body, "" when none
  std::string location_name;
  std::string xml_namespace;
  std::string xml_prefix;
  TimestampFormat timestamp_format = TimestampFormat::kUnset;
  bool flattened = false;
  bool streaming = false;
  bool sensitive = false;
  bool box = false;
  bool is_union = false;
  bool document = false;
  bool event_stream = false;
  bool event = false;

  // Exceptions.
  bool exception = false;
  bool fault = false;         // the server's fault
  bool sender_fault = false;  // stated by error.senderFault
  std::string error_code;     // error.code, else ""; see error_wire_code()
  int error_status = 0;       // error.httpStatusCode, 0 when none

  // The member of that name, else null.
  [[nodiscard]] const Member* find(std::string_view member_name) const;
  // The code that stands on the wire for this exception: error.code where stated, else the shape's
  // name.
  [[nodiscard]] const std::string& error_wire_code() const {
    return error_code.empty() ? name : error_code;
  }
};

}  // namespace cloudchamber
