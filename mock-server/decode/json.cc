// JSON 1.0 and 1.1: the body is the input.
#include <nlohmann/json.hpp>

#include "mock-server/decode/json_reader.h"
#include "mock-server/decode/protocols.h"

namespace cloudchamber::mock {

Json decode_json(const ServiceModel& service, const Operation& operation,
                 const HttpRequest& request) {
  static const Shape kNothing;
  // An operation without input gets an empty body or an empty object.
  if (operation.input == nullptr && request.body.empty()) return Json::object();
  std::string scratch;
  const Shape& input = operation.input == nullptr ? kNothing : *operation.input;
  return read_json(service, input, request.body.flat(scratch));
}

}  // namespace cloudchamber::mock
