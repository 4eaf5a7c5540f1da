#include "cloudchamber/recording_transport.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/parse/parser.h"
#include "sdk/recording/recorder.h"
#include "sdk/transport/deliver.h"

namespace cloudchamber {
namespace {

Meaning meaning_of(const CallNote& note, const HttpResponse& response) {
  Meaning meaning{.service = note.service.name,
                  .operation = note.operation.name,
                  .region = note.region,
                  .parameters = note.parameters};
  if (response.status < 300) {
    meaning.result = parse_output(note.service, note.operation, response);
  } else {
    ParsedError error = parse_error(note.service, note.operation, response);
    meaning.error_code = std::move(error.query_code.empty() ? error.code : error.query_code);
    meaning.error_message = std::move(error.message);
  }
  return meaning;
}

}  // namespace

RecordingTransport::RecordingTransport(std::shared_ptr<Transport> inner,
                                       const std::filesystem::path& file,
                                       const RecordingOptions& options, const Recording* before)
    : inner_(std::move(inner)),
      clock_(options.clock != nullptr ? options.clock : real_clock()),
      recorder_(std::make_unique<Recorder>(file, before == nullptr ? Recording() : *before,
                                           RedactionRules{.headers = options.secret_headers,
                                                          .members = options.secret_members,
                                                          .texts = options.secret_texts})) {}

RecordingTransport::~RecordingTransport() = default;

HttpResponse RecordingTransport::send(const HttpRequest& request, const SendOptions& options) {
  SendOptions listening = options;
  listening.body = {};
  Blob streamed;
  if (options.sink) {
    listening.sink = [&](std::string_view piece) {
      streamed.append(std::string(piece));
      options.sink(piece);
    };
  }
  Interaction interaction;
  Exchange& exchange = interaction.exchange;
  exchange.started = clock_->now();
  exchange.request = whole_request(request, options);
  HttpResponse response = inner_->send(exchange.request, listening);
  exchange.took = clock_->now() - exchange.started;
  exchange.response = response;
  if (!streamed.empty()) exchange.response.body = std::move(streamed);
  if (options.call != nullptr) interaction.meaning = meaning_of(*options.call, exchange.response);
  recorder_->add(std::move(interaction));
  return response;
}

void RecordingTransport::close() { recorder_->close(); }

}  // namespace cloudchamber
