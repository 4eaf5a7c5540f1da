// Parameters against the model, before anything is sent: every fault at once, each with its place
// ("Filters[0].Name"), in botocore's words, and for an unknown name the one that was probably
// meant.
//
// Pure functions of immutable values: thread-safe. Correct parameters cost no allocation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// What is wrong with `parameters`, a line a fault; empty when nothing is. `given_apart` is the
// streaming member when its value comes beside the parameters, else null.
[[nodiscard]] std::vector<std::string> find_faults(const Operation& operation,
                                                   const Json& parameters,
                                                   const Member* given_apart = nullptr);

// Throws ParamValidationError ("Parameter validation failed:" and the faults) if there are any.
void validate(const Operation& operation, const Json& parameters,
              const Member* given_apart = nullptr);

}  // namespace cloudchamber
