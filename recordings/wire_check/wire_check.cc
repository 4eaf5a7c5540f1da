#include "recordings/wire_check/wire_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "mock-server/encode/encoder.h"
#include "recordings/wire_check/again.h"
#include "recordings/wire_check/exclusions.h"
#include "sdk/parse/parser.h"
#include "sdk/serialize/serializer.h"

namespace cloudchamber::recordings {
namespace {

bool streams(const Member* member) {
  return member != nullptr && member->streaming && !member->shape->event_stream;
}

// Events are framed bytes: what they say is compared where they are parsed.
bool gives_events(const Operation& operation) {
  return operation.output != nullptr &&
         std::any_of(operation.output->members.begin(), operation.output->members.end(),
                     [](const Member& member) { return member.shape->event_stream; });
}

}  // namespace

const char* name_of(Half half) {
  constexpr std::array kNames = {"serialize", "decode", "parse", "encode"};
  return kNames.at(static_cast<std::size_t>(half));
}

void WireCheck::note(Half half, const ServiceModel& service, const std::string& operation,
                     const std::string& where, const Differences& differences) {
  Tally& tally = tallies_[service.name][static_cast<std::size_t>(half)];
  if (differences.empty()) {
    ++tally.agreed;
    return;
  }
  bool excluded = true;
  for (const std::string& difference : differences) {
    Finding finding{half, service.name, operation, where, difference};
    if (const std::string reason = reason_for(finding); !reason.empty()) {
      ++excluded_[reason];
      continue;
    }
    excluded = false;
    findings_.push_back(std::move(finding));
  }
  ++(excluded ? tally.excluded : tally.differed);
}

void WireCheck::check(const Interaction& interaction, const std::string& where) {
  const std::optional<Understood> call = understanding_.understood(interaction.exchange.request);
  if (!call) {
    // Its response may be whole.
    if (const auto named = understanding_.scrubbed(interaction.exchange.request))
      check_response(*named, interaction, where);
    return;
  }
  check_request(*call, interaction, where);
  check_response(*call, interaction, where);
}

void WireCheck::check_request(const Understood& call, const Interaction& interaction,
                              const std::string& where) {
  const ServiceModel& service = *call.model;
  const Operation& operation = *call.operation;
  const bool has_stream = streams(operation.streaming_input());
  const HttpRequest again =
      serialize(service, operation, call.parameters, has_stream ? &call.request.body : nullptr);
  note(Half::kSerialize, service, operation.name, where,
       request_differences(service, call.request, again));
  Differences lost;
  try {
    lost = differences(call.parameters, mock::decode(service, operation, again));
  } catch (const mock::AwsError& error) {
    lost = {error.code() + ": " + error.what()};
  }
  // What the recording itself says of the parameters, where it says something.
  if (lost.empty() && interaction.meaning) {
    Json recorded = interaction.meaning->parameters;
    if (has_stream) recorded.erase(operation.streaming_input()->name);
    lost = differences(without_empties(recorded), without_empties(call.parameters));
  }
  note(Half::kDecode, service, operation.name, where, lost);
}

void WireCheck::check_response(const Understood& call, const Interaction& interaction,
                               const std::string& where) {
  const ServiceModel& service = *call.model;
  const Operation& operation = *call.operation;
  const HttpResponse recorded = plain_response(operation, interaction.exchange.response);
  if (recorded.status >= 300) {
    const ParsedError error = parse_error(service, operation, recorded);
    // S3's error behind a success is told apart by its body alone.
    HttpResponse expected = recorded;
    const HttpResponse again = encoded_error(service, operation, error, recorded.status);
    note(Half::kEncode, service, operation.name, where,
         response_differences(service, expected, again, false));
    const ParsedError parsed = parse_error(service, operation, again);
    Differences lost = differences(Json(error.code), Json(parsed.code), "$.Code");
    if (lost.empty()) lost = differences(Json(error.message), Json(parsed.message), "$.Message");
    if (lost.empty()) lost = differences(error.members, parsed.members);
    note(Half::kParse, service, operation.name, where, lost);
    return;
  }
  try {
    const Json result = parse_output(service, operation, recorded);
    const bool has_stream = streams(operation.streaming_output());
    HttpResponse again =
        mock::encode_output(service, operation, result, has_stream ? recorded.body : Blob(),
                            parse_request_id(service, recorded));
    // A part of an object: the handler says so, not the model.
    if (recorded.status == 206) again.status = 206;
    note(Half::kEncode, service, operation.name, where,
         response_differences(service, recorded, again, has_stream || gives_events(operation)));
    add_length(again);
    Differences lost = differences(result, parse_output(service, operation, again));
    if (lost.empty() && interaction.meaning)
      lost = differences(without_empties(interaction.meaning->result), without_empties(result));
    note(Half::kParse, service, operation.name, where, lost);
  } catch (const ResponseParserError& error) {
    note(Half::kParse, service, operation.name, where, {error.what()});
  }
}

}  // namespace cloudchamber::recordings
