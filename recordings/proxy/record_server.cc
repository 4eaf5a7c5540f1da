#include "recordings/proxy/record_server.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/errors.h"
#include "recordings/proxy/refusals.h"

namespace cloudchamber::recordings {
namespace {

void leave_out(Blob& body) {
  if (!body.empty()) body = Blob("<the body of a service without a model>");
}

}  // namespace

Interaction written_down(const Understanding& understanding, Exchange exchange) {
  Interaction interaction{.exchange = std::move(exchange)};
  interaction.meaning = understanding.meaning_of(interaction.exchange);
  if (!interaction.meaning) {
    leave_out(interaction.exchange.request.body);
    leave_out(interaction.exchange.response.body);
    return interaction;
  }
  // An object stands in the request, once.
  const auto model = find_model(interaction.meaning->service);
  const Operation* const operation =
      model == nullptr ? nullptr : model->find_operation(interaction.meaning->operation);
  const Member* const stream = operation == nullptr ? nullptr : operation->streaming_input();
  if (stream != nullptr && stream->streaming) interaction.meaning->parameters.erase(stream->name);
  return interaction;
}

RecordServer::RecordServer(const std::filesystem::path& file, Beyond upstream, RedactionRules rules,
                           const Recording& head)
    : upstream_(std::move(upstream)), recorder_(file, head, std::move(rules)) {}

HttpResponse RecordServer::handle(const HttpRequest& request) {
  std::string code = "ProxyFailure";
  std::string reason;
  int status = 500;
  try {
    Exchange exchange = upstream_(request);
    HttpResponse response = exchange.response;
    recorder_.add(written_down(understanding_, std::move(exchange)));
    ++recorded_;
    return response;
  } catch (const ConnectionError& error) {
    code = "UpstreamUnreachable";
    status = 502;
    reason = error.what();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    reason = error.what();
  }
  return refuse(request, understanding_.understood(request), code, reason, status);
}

}  // namespace cloudchamber::recordings
