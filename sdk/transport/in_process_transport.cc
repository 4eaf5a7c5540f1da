#include "cloudchamber/in_process_transport.h"

#include <string>
#include <utility>

#include "sdk/transport/deliver.h"

namespace cloudchamber {
namespace {

class InProcessTransport final : public Transport {
 public:
  explicit InProcessTransport(HttpHandler handler) : handler_(std::move(handler)) {}

  HttpResponse send(const HttpRequest& request, const SendOptions& options) override {
    HttpResponse response = handler_(options.body.read ? whole_request(request, options) : request);
    if (response.status != 204 && response.status != 304 &&
        !response.headers.contains("Content-Length")) {
      response.headers.add("Content-Length",
                           std::to_string(response.content_length.value_or(response.body.size())));
    }
    if (request.method == "HEAD") response.body = Blob();
    deliver_body(response, options);
    return response;
  }

 private:
  HttpHandler handler_;
};

}  // namespace

std::shared_ptr<Transport> make_in_process_transport(HttpHandler handler) {
  return std::make_shared<InProcessTransport>(std::move(handler));
}

}  // namespace cloudchamber
