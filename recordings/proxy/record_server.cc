#include "recordings/proxy/record_server.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/errors.h"
#include "recordings/proxy/passage.h"
#include "recordings/proxy/refusals.h"
#include "recordings/proxy/resign.h"
#include "sdk/recording/har.h"
#include "sdk/transport/deliver.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::uint64_t kSmallBody = 256 * 1024;  // is read before it is sent on
constexpr std::uint64_t kMaxDocument = std::uint64_t{256} << 20;

void leave_out(Blob& body) {
  if (!body.empty()) body = Blob("<the body of a service without a model>");
}

Blob whole_body(mock::HttpStream& client) {
  const auto refuse_beyond = [](std::uint64_t size) {
    if (size > kMaxDocument) throw mock::HttpFaultError(mock::HttpFault::kBodyTooLarge);
  };
  refuse_beyond(client.body_size().value_or(0));
  std::uint64_t total = 0;
  return read_whole({.read = [&](char* to, std::size_t size) {
    const std::size_t got = client.read(to, size);
    refuse_beyond(total += got);
    return got;
  }});
}

// What is answered where an exchange failed by that exception, which is at hand.
HttpResponse failed(const Understanding& understanding, const HttpRequest& request) {
  std::string code = "ProxyFailure";
  std::string reason;
  int status = 500;
  try {
    throw;
  } catch (const ConnectionError& error) {
    code = "UpstreamUnreachable";
    status = 502;
    reason = error.what();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    reason = error.what();
  }
  return refuse(request, understanding.understood(head_alone(request)), code, reason, status);
}

}  // namespace

Interaction written_down(const Understanding& understanding, Exchange exchange) {
  Interaction interaction{.exchange = std::move(exchange)};
  // An object stands in the request, once.
  interaction.meaning = understanding.meaning_without_object(interaction.exchange);
  if (!interaction.meaning) {
    leave_out(interaction.exchange.request.body);
    leave_out(interaction.exchange.response.body);
  }
  return interaction;
}

RecordServer::RecordServer(const std::filesystem::path& file, Beyond upstream, RedactionRules rules,
                           const Recording& head)
    : spools_(bodies_of(file).folder / "passing-"),
      upstream_(std::move(upstream)),
      recorder_(file, head, std::move(rules)) {}

HttpResponse RecordServer::handle(const HttpRequest& request) { return handle(request, upstream_); }

HttpResponse RecordServer::handle(const HttpRequest& request, const Beyond& upstream) {
  try {
    Exchange exchange = upstream(request, {});
    HttpResponse response = exchange.response;
    record(std::move(exchange));
    return response;
  } catch (...) {
    return failed(understanding_, request);
  }
}

std::optional<HttpResponse> RecordServer::handle(mock::HttpStream& client) {
  HttpRequest request = client.request();
  Passage passage(client, std::filesystem::path(spools_) += std::to_string(++passages_));
  try {
    const bool is_small = client.body_size() && *client.body_size() <= kSmallBody;
    const bool goes_by = !is_small && is_upload(request);
    if (!goes_by) request.body = whole_body(client);
    Exchange exchange = upstream_(request, passage.sending(goes_by));
    passage.complete(exchange);
    HttpResponse response = exchange.response;
    record(std::move(exchange));
    if (!passage.has_begun()) return response;
    passage.finish();
    return std::nullopt;
  } catch (const mock::HttpFaultError&) {
    throw;
  } catch (...) {
    if (passage.has_begun()) throw;
    return failed(understanding_, request);
  }
}

// Only the body of an object can be signed for without having been seen.
bool RecordServer::is_upload(const HttpRequest& head) const {
  const std::optional<Understood> call = understanding_.understood(head_alone(head));
  const Member* const stream = call ? call->operation->streaming_input() : nullptr;
  return stream != nullptr && stream->streaming && !stream->shape->event_stream;
}

void RecordServer::record(Exchange exchange) {
  recorder_.add(written_down(understanding_, std::move(exchange)));
  ++recorded_;
}

}  // namespace cloudchamber::recordings
