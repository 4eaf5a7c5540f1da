#include "recordings/bind/recorded_call.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/errors.h"
#include "recordings/bind/resend.h"
#include "sdk/codec/timestamps.h"
#include "sdk/recording/comparable.h"

namespace cloudchamber::recordings {

// Who plays a recording again receives messages again: that hides them from others.
bool RecordedCall::reads() const {
  return is_reading(*request.model, *request.operation) && !operation().starts_with("Receive");
}

std::string RecordedCall::service() const {
  const std::string& name = request.model->name;
  return name.substr(0, name.find('.'));
}

TimePoint RecordedCall::time() const {
  const Exchange& exchange = interaction->exchange;
  if (exchange.started.time_since_epoch().count() > 0) return exchange.started;
  const auto date = parse_timestamp(exchange.response.headers.get("Date"));
  return date.value_or(TimePoint{});
}

std::string RecordedCalls::account() const {
  AccountSearch search;
  for (const RecordedCall& call : calls) {
    search.look_at(call.request.parameters);
    search.look_at(call.result);
  }
  return search.most_named();
}

RecordedCalls calls_of(const Recording& recording, const Understanding& understanding) {
  RecordedCalls result;
  for (std::size_t i = 0; i < recording.interactions.size(); ++i) {
    const Interaction& interaction = recording.interactions[i];
    auto understood = understanding.understood(interaction.exchange.request);
    if (!understood) {
      result.unknown.push_back(&interaction);
      continue;
    }
    RecordedCall call{.interaction = &interaction,
                      .number = i + 1,
                      .request = *std::move(understood),
                      .result = Json::object()};
    const Operation& operation = *call.request.operation;
    call.response = plain_response(operation, interaction.exchange.response);
    try {
      if (call.succeeded()) {
        call.result = parse_output(*call.request.model, operation, call.response);
      } else {
        call.error = parse_error(*call.request.model, operation, call.response);
      }
    } catch (const ResponseParserError& error) {
      result.unreadable.push_back({i + 1, error.what()});
      continue;
    }
    result.calls.push_back(std::move(call));
  }
  return result;
}

}  // namespace cloudchamber::recordings
