// What decode() promises of whatever it lets through.
#pragma once

#include <memory>
#include <string_view>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::fuzz {

// Takes the first line off `input`.
[[nodiscard]] std::string_view take_line(std::string_view& input);

// Decodes `request` as that operation: an AwsError is fine; a result must be of the model's types
// and UTF-8 throughout, else the program aborts.
void decode_anything(const ServiceModel& service, const Operation& operation,
                     const HttpRequest& request);

// The operation of that name, or any other where there is none, chosen by the name.
[[nodiscard]] const Operation& some_operation(const ServiceModel& service, std::string_view name);

// Targets of RPC protocols: the first line of `input` names the operation, the rest is the body.
void decode_body(const ServiceModel& service, std::string_view input);

// Targets of rest protocols: the operation, the target, "name: value" lines, an empty line, body.
void decode_request(const ServiceModel& service, std::string_view input);

// A model of every type and location, for protocols that none of our services speaks.
[[nodiscard]] std::shared_ptr<const ServiceModel> model_of_everything(std::string_view protocol);

}  // namespace cloudchamber::fuzz
