#include "recordings/verify/compare_answer.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {
namespace {

// Lists that AWS's documentation calls unordered, by service and operation.
bool has_no_order(const std::string& service, const std::string& operation) {
  return service == "dynamodb" && (operation == "Scan" || operation == "BatchGetItem");
}

// Names of headers in lower case, as HTTP/2 has them: some recorders write them their own way.
void lower_header_maps(const Operation& operation, Json& result) {
  if (operation.output == nullptr) return;
  for (const Member& member : operation.output->members) {
    if (member.location != Location::kHeaders || !result.contains(member.name)) continue;
    Json lower = Json::object();
    for (const auto& [name, value] : result[member.name].items()) lower[lowered(name)] = value;
    result[member.name] = std::move(lower);
  }
}

// Headers that say nothing of the call.
bool is_volatile(std::string_view lower_name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "x-amz-id-2",  "x-amz-request-id", "x-amzn-requestid", "x-amz-crc32",
      "x-amz-cf-id", "x-amz-cf-pop",     "x-amzn-trace-id"};
  return std::find(kNames.begin(), kNames.end(), lower_name) != kNames.end();
}

bool is_in_result(const Operation& operation, std::string_view lower_name) {
  if (operation.output == nullptr) return false;
  return std::any_of(
      operation.output->members.begin(), operation.output->members.end(),
      [&](const Member& member) {
        const std::string name = lowered(member.wire_name());
        return (member.location == Location::kHeader && name == lower_name) ||
               (member.location == Location::kHeaders && lower_name.starts_with(name));
      });
}

// "Text/XML; charset=UTF-8" as "text/xml;charset=utf-8".
std::string plain_type(std::string_view type) {
  std::string plain = lowered(type);
  plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
  return plain;
}

bool is_compared(const Operation& operation, bool succeeded, std::string_view lower_name) {
  const bool matters = lower_name == "content-type" || lower_name == "location" ||
                       lower_name == "allow" || lower_name.starts_with("x-amz");
  return matters && !is_volatile(lower_name) && !(succeeded && is_in_result(operation, lower_name));
}

// Of an object that is encrypted with a customer's key or one of KMS, the ETag is no MD5.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
void know_etag(const Json& result, Comparison& comparison) {
  const bool is_md5 = !result.contains("SSECustomerAlgorithm") && !result.contains("SSEKMSKeyId");
  if (is_md5) return;
  for (const Json* holder :
       {&result, result.contains("CopyObjectResult") ? &result.at("CopyObjectResult") : nullptr}) {
    if (holder == nullptr || !holder->is_object() || !holder->contains("ETag") ||
        !holder->at("ETag").is_string())
      continue;
    auto etag = holder->at("ETag").get<std::string>();
    etag.erase(std::remove(etag.begin(), etag.end(), '"'), etag.end());
    comparison.is_made_up(etag);
  }
}

}  // namespace

void compare_headers(const Operation& operation, bool succeeded, const Headers& recorded,
                     const Headers& mock, Comparison& comparison) {
  for (const auto& [name, value] : recorded) {
    const std::string lower_name = lowered(name);
    if (!is_compared(operation, succeeded, lower_name)) continue;
    const std::string* ours = mock.find(name);
    if (ours == nullptr) {
      comparison.add({.aspect = Aspect::kHeader, .where = name, .recorded = value});
    } else if (lower_name != "content-type" || plain_type(value) != plain_type(*ours)) {
      comparison.texts(Aspect::kHeader, name, value, *ours);
    }
  }
  for (const auto& [name, value] : mock) {
    if (is_compared(operation, succeeded, lowered(name)) && !recorded.contains(name))
      comparison.add({.aspect = Aspect::kAdditional, .where = name, .mock = value});
  }
}

void compare_errors(const RecordedCall& call, const ParsedError& ours, Comparison& comparison) {
  const ParsedError& theirs = call.error;
  comparison.texts(Aspect::kCode, "", theirs.code, ours.code);
  comparison.texts(Aspect::kMessage, "", theirs.message, ours.message);
  if (theirs.type != ours.type) comparison.texts(Aspect::kMember, "Type", theirs.type, ours.type);
  Json their_details = theirs.details;
  Json our_details = ours.details;
  for (Json* details : {&their_details, &our_details}) {
    if (!details->is_object()) *details = Json::object();
    for (const char* name : {"RequestId", "HostId", "RequestID"}) details->erase(name);
  }
  comparison.values(nullptr, "Error", their_details, our_details);
  comparison.values(nullptr, "Error", theirs.members.is_object() ? theirs.members : Json::object(),
                    ours.members.is_object() ? ours.members : Json::object());
}

void compare_results(const RecordedCall& call, HttpResponse mock, bool types_were_cut,
                     Comparison& comparison) {
  const Operation& operation = *call.request.operation;
  Json theirs = call.result;
  // What a socket's response would carry, and recorders may leave away.
  if (!mock.headers.contains("Content-Length"))
    mock.headers.set("Content-Length",
                     std::to_string(mock.content_length.value_or(mock.body.size())));
  const bool tells_length = operation.output != nullptr && operation.output->find("ContentLength");
  const bool is_head = call.request.request.method == "HEAD";
  if (tells_length && !theirs.contains("ContentLength") && !is_head)
    theirs["ContentLength"] = call.response.body.size();
  Json ours = parse_output(*call.request.model, operation, mock);
  lower_header_maps(operation, theirs);
  lower_header_maps(operation, ours);
  // Of what was made beforehand the type is known whole.
  const bool ours_is_whole = ours.contains("ContentType") && ours["ContentType"].is_string() &&
                             ours["ContentType"] == theirs.value("ContentType", Json());
  if (types_were_cut && !ours_is_whole && theirs.contains("ContentType") &&
      theirs["ContentType"].is_string()) {
    auto& type = theirs["ContentType"].get_ref<std::string&>();
    type.resize(std::min(type.find(';'), type.size()));
  }
  know_etag(ours, comparison);
  if (has_no_order(call.service(), call.operation())) comparison.ignore_order();
  comparison.values(operation.output, "", theirs, ours);
  const Member* stream = operation.streaming_output();
  if (stream != nullptr && !stream->shape->event_stream && !is_head &&
      !(call.response.body == mock.body))
    comparison.add({.aspect = Aspect::kBody,
                    .where = stream->name,
                    .recorded = std::to_string(call.response.body.size()) + " bytes",
                    .mock = std::to_string(mock.body.size()) + " bytes"});
}

bool are_types_cut(const std::vector<RecordedCall>& calls) {
  return std::none_of(calls.begin(), calls.end(), [](const RecordedCall& call) {
    return call.request.request.headers.get("Content-Type").find(';') != std::string_view::npos;
  });
}

}  // namespace cloudchamber::recordings
