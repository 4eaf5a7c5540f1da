// EC2's variant of the query protocol: all lists are flattened, names begin with a capital.
#include <nlohmann/json.hpp>

#include "mock-server/decode/form.h"
#include "mock-server/decode/protocols.h"

namespace cloudchamber::mock {
namespace {

bool is_capitalised(std::string_view segment, std::string_view name) {
  if (segment.empty() || segment.size() != name.size()) return false;
  const char first = name.front() >= 'a' && name.front() <= 'z'
                         ? static_cast<char>(name.front() - 'a' + 'A')
                         : name.front();
  return segment.front() == first && segment.substr(1) == name.substr(1);
}

bool names(const Member& member, std::string_view segment) {
  if (!member.query_name.empty()) return segment == member.query_name;
  return is_capitalised(segment, member.wire_name()) || segment == member.wire_name();
}

bool is_list_step(const Shape& /*list*/, bool /*flattened*/, std::string_view /*segment*/) {
  return false;
}

AwsError misplaced(std::string_view name, std::string_view /*coral*/) {
  return {"UnknownParameter", "The parameter " + std::string(name) + " is not recognized", 400};
}

AwsError bad_value(const Shape& /*shape*/, std::string_view name, std::string_view value) {
  return {"InvalidParameterValue",
          "Value (" + std::string(value) + ") for parameter " + std::string(name) + " is invalid.",
          400};
}

constexpr Dialect kEc2 = {names, is_list_step, misplaced, bad_value};

}  // namespace

Json decode_ec2(const ServiceModel& /*service*/, const Operation& operation,
                const HttpRequest& request) {
  const Form form(request);
  if (operation.input == nullptr) return Json::object();
  return decode_form(kEc2, *operation.input, form.root());
}

}  // namespace cloudchamber::mock
