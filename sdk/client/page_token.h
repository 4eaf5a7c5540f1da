// The opaque text of a resume token: where in which page of a paginated result to go on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber {

// Base64 of a JSON object of the service's tokens by their input names (null where it gave none),
// and "boto_truncate_amount" where the page was cut: boto3's own format, so that tokens go both
// ways. Binary values (DynamoDB's keys) are base64 with their places in "boto_encoded_keys"; their
// subtypes (DynamoDB's plain values), which boto3 lacks, in "chamber_subtypes", in the same order.
[[nodiscard]] std::string encode_page_token(const Json& token);

// The token; what is none of ours is taken for the service's own, or for the form that old boto3
// gave ("TOKEN___2"). Throws PaginationError when it fits the operation in no way.
[[nodiscard]] Json decode_page_token(std::string_view text,
                                     const std::vector<std::string>& input_tokens);

}  // namespace cloudchamber
