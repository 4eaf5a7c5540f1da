// CallTransformation: what a client does to every call on behalf of a higher level, boto3's event
// hooks "before-parameter-build" and "after-call". The client of a DynamoDB resource has one, which
// lets users give and get plain values.
#pragma once

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// Called from every thread that uses the client. A null function does nothing.
struct CallTransformation {
  // The caller's parameters, copied, before anything else happens to them and before they are
  // checked. May throw, ParamValidationError for what can't be transformed.
  void (*parameters)(const Operation& operation, Json& parameters) = nullptr;
  // The result of a success, without ResponseMetadata, after it is parsed.
  void (*result)(const Operation& operation, Json& result) = nullptr;
};

}  // namespace cloudchamber
