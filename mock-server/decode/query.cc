// The query protocol: Action=X&Version=Y&Name=value&List.member.1=value&Map.entry.1.key=k.
#include <nlohmann/json.hpp>

#include "mock-server/decode/form.h"
#include "mock-server/decode/protocols.h"

namespace cloudchamber::mock {
namespace {

bool names(const Member& member, std::string_view segment) {
  if (segment == member.wire_name()) return true;
  // A flattened list goes by the name of its elements: SQS's AttributeNames are AttributeName.1.
  const Shape& shape = *member.shape;
  return shape.type == ShapeType::kList && member.is_flattened() &&
         !shape.element.location_name.empty() && segment == shape.element.location_name;
}

bool is_list_step(const Shape& list, bool flattened, std::string_view segment) {
  // A flattened list has no step; SQS answers MalformedInput to one that has.
  if (flattened) return false;
  if (list.type == ShapeType::kMap) return segment == "entry";
  return segment == "member" || segment == list.element.location_name;
}

AwsError misplaced(std::string_view /*name*/, std::string_view coral) {
  return {"MalformedInput", std::string(coral), 400};
}

AwsError bad_value(const Shape& shape, std::string_view name, std::string_view value) {
  if (shape.type == ShapeType::kTimestamp) {
    return {"MalformedInput", "timestamp must follow ISO8601", 400};
  }
  return {"MalformedInput",
          "Invalid value '" + std::string(value) + "' for parameter " + std::string(name), 400};
}

constexpr Dialect kQuery = {names, is_list_step, misplaced, bad_value};

}  // namespace

Json decode_query(const ServiceModel& /*service*/, const Operation& operation,
                  const HttpRequest& request) {
  const Form form(request);
  if (operation.input == nullptr) return Json::object();
  return decode_form(kQuery, *operation.input, form.root());
}

}  // namespace cloudchamber::mock
