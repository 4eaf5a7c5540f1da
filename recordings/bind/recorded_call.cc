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

namespace {

// What the recording says that the parameters were, else what can be decoded. A request that can't
// be understood without what was hidden is understood anew.
std::optional<Filled> filled(const Interaction& interaction, const std::optional<Understood>& call,
                             PlaceholderFiller& filler) {
  const Exchange& exchange = interaction.exchange;
  if (call)
    return filler.fill(exchange, *call->model, *call->operation,
                       interaction.meaning ? interaction.meaning->parameters : call->parameters);
  if (!interaction.meaning) return std::nullopt;
  const auto model = find_model(interaction.meaning->service);
  const Operation* const operation =
      model == nullptr ? nullptr : model->find_operation(interaction.meaning->operation);
  if (operation == nullptr) return std::nullopt;
  return filler.fill(exchange, *model, *operation, interaction.meaning->parameters);
}

}  // namespace

RecordedCalls calls_of(const Recording& recording, const Understanding& understanding) {
  RecordedCalls result;
  PlaceholderFiller filler;
  for (std::size_t i = 0; i < recording.interactions.size(); ++i) {
    const Interaction& interaction = recording.interactions[i];
    auto understood = understanding.understood(interaction.exchange.request);
    auto with_values = filled(interaction, understood, filler);
    if (with_values) understood = understanding.understood(with_values->request);
    if (!understood) {
      result.unknown.push_back(&interaction);
      continue;
    }
    RecordedCall call{.interaction = &interaction,
                      .number = i + 1,
                      .filled = std::move(with_values),
                      .request = *std::move(understood),
                      .result = Json::object()};
    const Operation& operation = *call.request.operation;
    call.response = plain_response(operation, interaction.exchange.response);
    if (call.request.request.method == "HEAD" && call.response.content_length &&
        !call.response.headers.contains("Content-Length"))
      call.response.headers.set("Content-Length", std::to_string(*call.response.content_length));
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
