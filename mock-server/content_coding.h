// Content codings, where AWS's JSON services know them: a request may come packed, and DynamoDB
// packs large responses for those who accept it.
#pragma once

#include <optional>
#include <string_view>

#include "cloudchamber/http.h"
#include "sdk/codec/compression.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// The coding that an Accept-Encoding header asks for, by DynamoDB's reading of it: the highest q
// wins, then what is named before what "*" stands for, then the order of naming; identity is passed
// over. Nothing when it accepts none of ours.
[[nodiscard]] std::optional<Coding> accepted_coding(std::string_view accept_encoding);

// Unpacks the body of a request in a JSON protocol. Throws AwsError: 500 for a coding that is
// unknown or broken, as DynamoDB answers, 413 where it unpacks to more than `limit`.
void take_coding_off(const ServiceModel& service, HttpRequest& request, std::size_t limit);

// Packs the body of a response by DynamoDB's rules: over 4 KiB and accepted.
void put_coding_on(std::string_view accept_encoding, HttpResponse& response);

}  // namespace cloudchamber::mock
