// The further parameters of a transfer, dealt out to its operations.
#pragma once

#include <initializer_list>
#include <string_view>

#include "cloudchamber/client.h"
#include "cloudchamber/json.h"

namespace cloudchamber::s3 {

// Throws ParamValidationError when one of them is a parameter of none of the operations.
void check_extra_args(const Client& client, const Json& extra_args,
                      std::initializer_list<std::string_view> operations);

// `parameters` with those extra arguments that the operation knows and that are not in it yet.
[[nodiscard]] Json with_extra_args(const Client& client, std::string_view operation,
                                   Json parameters, const Json& extra_args);

}  // namespace cloudchamber::s3
