#include "sdk/client/call.h"

#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/client/call_endpoint.h"
#include "sdk/client/checksums.h"
#include "sdk/client/customizations.h"
#include "sdk/client/outcome.h"
#include "sdk/client/random.h"
#include "sdk/client/signing.h"
#include "sdk/parse/parser.h"
#include "sdk/serialize/serializer.h"
#include "sdk/validate/validator.h"

namespace cloudchamber {
namespace {

void transform_parameters(OutgoingCall& call);
void check_parameters(OutgoingCall& call);
void fill_idempotency_tokens(OutgoingCall& call);
void serialize_request(OutgoingCall& call);
void locate(OutgoingCall& call);
void add_headers(OutgoingCall& call);
void add_checksums(OutgoingCall& call);
void send(OutgoingCall& call);
void parse(OutgoingCall& call);
void transform_result(OutgoingCall& call);
bool wants_retry(OutgoingCall& call);

}  // namespace

// A call from beginning to end. Everything that happens to it stands here, in this order.
Json perform(const Client::State& client, std::string_view operation, const Json& parameters,
             const CallOptions& options) {
  OutgoingCall call(client, client.operation(operation), parameters, options);
  prepare(call);
  do {
    sign(call);
    send(call);
    parse(call);
  } while (wants_retry(call));
  raise_if_failed(call);
  transform_result(call);
  return finished_result(call);
}

void prepare(OutgoingCall& call) {
  transform_parameters(call);
  adjust_parameters(call);
  check_parameters(call);
  fill_idempotency_tokens(call);
  serialize_request(call);
  locate(call);
  add_headers(call);
  add_checksums(call);
}

namespace {

void transform_parameters(OutgoingCall& call) {
  const CallTransformation* transformation = call.client.transformation;
  if (transformation != nullptr && transformation->parameters != nullptr)
    transformation->parameters(call.operation, call.change_parameters());
}

void check_parameters(OutgoingCall& call) {
  const Member* apart = nullptr;
  if (call.options.body) {
    apart = call.operation.streaming_input();
    if (apart == nullptr)
      throw ParamValidationError("Parameter validation failed:\n" + call.operation.name +
                                 " takes no body");
  }
  if (call.client.checks_parameters) validate(call.operation, call.parameters(), apart);
}

void fill_idempotency_tokens(OutgoingCall& call) {
  if (call.operation.input == nullptr) return;
  for (const Member& member : call.operation.input->members) {
    if (member.idempotency_token && !call.parameters().contains(member.name))
      call.change_parameters()[member.name] = make_uuid(call.client.random);
  }
}

void serialize_request(OutgoingCall& call) {
  call.request = serialize(call.client.service(), call.operation, call.parameters(),
                           call.options.body ? &*call.options.body : nullptr);
}

// Scheme, host and the endpoint's own path; until here the host holds the operation's prefix.
void locate(OutgoingCall& call) {
  const std::optional<Endpoint> own = endpoint_of(call);
  const Endpoint& endpoint = own ? *own : call.client.endpoint;
  HttpRequest& request = call.request;
  call.signing_region = endpoint.signing_region;
  call.signing_name = endpoint.signing_name;
  request.scheme = endpoint.scheme;
  if (call.client.injects_host_prefix && !request.host.empty())
    request.host += endpoint.host;
  else
    request.host = endpoint.host;
  if (!endpoint.base_path.empty()) request.target.insert(0, endpoint.base_path);
}

void add_headers(OutgoingCall& call) {
  for (const auto& [name, value] : call.options.headers) call.request.headers.set(name, value);
  if (call.presigning) return;
  call.request.headers.set("User-Agent", call.client.user_agent);
  call.request.headers.set("amz-sdk-invocation-id", make_uuid(call.client.random));
}

void add_checksums(OutgoingCall& call) {
  // A presigned request's body is not known, and its headers would have to be sent with the URL.
  if (call.presigning) return;
  add_request_checksum(call.request, call.operation, call.parameters(), call.client.adds_checksums);
  if (call.client.checks_responses) ask_for_response_checksum(call.request, call.operation);
}

// One attempt: `response` or `failure`. A body that is not what its checksum says throws.
void send(OutgoingCall& call) {
  ++call.attempt;
  call.failure.reset();
  call.error.reset();
  SendOptions options;
  options.connect_timeout = call.client.connect_timeout;
  options.read_timeout = call.client.read_timeout;
  std::optional<ResponseChecksum> checksum;
  if (call.options.sink && call.operation.streaming_output() != nullptr) {
    options.head = [&](const HttpResponse& head) {
      if (call.client.checks_responses) checksum.emplace(call.operation, head);
    };
    options.sink = [&](std::string_view piece) {
      call.delivered = true;
      if (checksum) checksum->update(piece);
      call.options.sink(piece);
    };
  }
  const CallNote note{call.client.service(), call.operation, call.signing_region,
                      call.parameters()};
  options.call = &note;
  try {
    call.response = call.client.transport->send(call.request, options);
  } catch (const ConnectionError& error) {
    call.failure = error.what();
    return;
  }
  const bool success = call.response.status >= 200 && call.response.status < 300;
  if (!success || !call.client.checks_responses) return;
  if (!options.sink && call.request.method != "HEAD") {
    checksum.emplace(call.operation, call.response);
    for (std::size_t i = 0; i < call.response.body.piece_count(); ++i)
      checksum->update(call.response.body.piece(i));
  }
  if (checksum) checksum->finish();
}

void parse(OutgoingCall& call) {
  if (call.failure) return;
  adjust_response(call);
  const ServiceModel& service = call.client.service();
  if (call.response.status >= 300) {
    call.error = parse_error(service, call.operation, call.response);
    return;
  }
  call.result = parse_output(service, call.operation, call.response);
  adjust_result(call);
}

void transform_result(OutgoingCall& call) {
  const CallTransformation* transformation = call.client.transformation;
  if (transformation != nullptr && transformation->result != nullptr)
    transformation->result(call.operation, call.result);
}

bool wants_retry(OutgoingCall& call) {
  RetryQuota& quota = call.client.quota;
  const bool damaged =
      !call.failure && call.client.checks_responses && !crc32_header_matches(call.response);
  if (!call.failure && !call.error && !damaged) {
    quota.release(call.attempt == 1 ? RetryQuota::kSuccess : call.retry_cost);
    return false;
  }
  if (call.error && !damaged && !is_transient(call.error->code, call.response.status) &&
      !is_throttling(call.error->code)) {
    return false;
  }
  call.attempts_exhausted = call.attempt >= call.client.max_attempts;
  if (!call.attempts_exhausted && !call.delivered)
    call.quota_exhausted = !quota.acquire(RetryQuota::kCost);
  if (call.attempts_exhausted || call.delivered || call.quota_exhausted) {
    if (damaged && !call.error)
      throw ChecksumError("The response's body is not what its x-amz-crc32 header says");
    return false;
  }
  call.retry_cost = RetryQuota::kCost;
  call.client.clock->sleep_for(backoff(call.attempt, call.client.random));
  return true;
}

}  // namespace
}  // namespace cloudchamber
