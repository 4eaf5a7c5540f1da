#include "mock-server/call/dispatch.h"

#include <stdexcept>
#include <utility>

namespace cloudchamber::mock {
namespace {

// "sqs" of "sqs" and of "sqs.query": one service may be described in two protocols.
std::string_view service_of(const ServiceModel& model) {
  return std::string_view(model.name).substr(0, model.name.find('.'));
}

// Under what the caller of one service would have reached another: its own host on AWS
// ("sqs.us-east-1..." for "cloudformation.us-east-1..."), the same one elsewhere.
std::string endpoint_of(const ServiceModel& service, const Call::Context& caller) {
  std::string endpoint = caller.endpoint;
  const std::size_t scheme = endpoint.find("://");
  const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
  const std::string prefix = caller.service.endpoint_prefix + '.';
  if (endpoint.compare(host, prefix.size(), prefix) == 0)
    endpoint.replace(host, prefix.size(), service.endpoint_prefix + '.');
  return endpoint;
}

Json binary_of(const Blob& body) {
  std::string scratch;
  const std::string_view bytes = body.flat(scratch);
  return Json::binary({bytes.begin(), bytes.end()});
}

}  // namespace

// What an operation invokes runs on the same transaction: it is committed with it or not at all.
class Dispatcher::Nested : public Invoker {
 public:
  Nested(const Dispatcher& dispatcher, Transaction& transaction)
      : dispatcher_(dispatcher), transaction_(transaction) {}

  [[nodiscard]] Json invoke(const Call& caller, const Principal& principal,
                            std::string_view service, std::string_view operation,
                            const Json& input) override {
    const std::shared_ptr<const ServiceModel> model = find_model(service);
    const Operation* description = model == nullptr ? nullptr : model->find_operation(operation);
    if (description == nullptr)
      throw std::logic_error("no operation " + std::string(service) + " " + std::string(operation));
    const HttpRequest no_request;
    const Call::Context& outer = caller.context();
    const Call::Context context{.service = *model,
                                .operation = *description,
                                .input = input,
                                .request = no_request,
                                .principal = principal,
                                .region = outer.region,
                                .request_id = outer.request_id,
                                .endpoint = endpoint_of(*model, outer),
                                .received = outer.received,
                                .now = outer.now,
                                .ids = outer.ids,
                                .invoker = this,
                                .strict = outer.strict,
                                .transition_time = outer.transition_time,
                                .depth = outer.depth + 1};
    Json output;
    atomically([&] {
      Call call(context);
      output = dispatcher_.handle(call, transaction_);
      if (const Member* streaming = description->streaming_output())
        output[streaming->name] = binary_of(call.replied_body());
    });
    return output;
  }

  void atomically(const std::function<void()>& steps) override {
    const auto before = transaction_.save();
    try {
      steps();
    } catch (const Wait&) {
      throw std::logic_error("an operation that waits was invoked by another");
    } catch (...) {
      transaction_.restore(*before);
      throw;
    }
  }

 private:
  const Dispatcher& dispatcher_;
  Transaction& transaction_;
};

Dispatcher::Dispatcher(World& world, std::vector<Service> services)
    : Dispatcher(world, std::make_shared<const std::vector<Service>>(std::move(services))) {}
Dispatcher::Dispatcher(World& world, std::shared_ptr<const std::vector<Service>> services)
    : world_(world), services_(std::move(services)) {}
Dispatcher::~Dispatcher() = default;

const Service* Dispatcher::find(std::string_view service) const {
  for (const Service& candidate : *services_) {
    if (candidate.name() == service) return &candidate;
  }
  return nullptr;
}

Json Dispatcher::handle(Call& call, Transaction& transaction) const {
  const Service* service = find(service_of(call.service()));
  const Service::Handler* handler =
      service == nullptr ? nullptr : service->find(call.operation().name);
  if (handler == nullptr)
    throw not_implemented("The operation " + call.operation().name + " of " +
                          call.service().service_id);
  if (service->validate()) service->validate()(call);
  return handler->run(call, transaction);
}

Reply Dispatcher::run(Call::Context context) const {
  for (TimePoint waited_until;;) {
    Transaction transaction = world_.begin();
    Nested nested(*this, transaction);
    context.now = world_.clock().now();
    if (waited_until > context.now && world_.waits_ended()) context.now = waited_until;
    context.invoker = &nested;
    Call call(context);
    try {
      Json output = handle(call, transaction);
      transaction.commit();
      return {std::move(output), call.replied_body(), call.replied_status(),
              call.replied_headers()};
    } catch (const Wait& wait) {
      waited_until = wait.until;
      transaction.wait_for_change(wait.until);
    }
  }
}

Reply Dispatcher::run(std::string_view service, std::string_view operation, const Json& input,
                      const std::string& account, const std::string& region) const {
  const std::shared_ptr<const ServiceModel> model = find_model(service);
  const Operation* description = model == nullptr ? nullptr : model->find_operation(operation);
  if (description == nullptr)
    throw std::logic_error("no operation " + std::string(service) + " " + std::string(operation));
  const Principal root{.account = account,
                       .arn = "arn:aws:iam::" + account + ":root",
                       .user_id = account,
                       .access_key_id = account,
                       .anonymous = false};
  const HttpRequest no_request;
  const TimePoint now = world_.clock().now();
  return run({.service = *model,
              .operation = *description,
              .input = input,
              .request = no_request,
              .principal = root,
              .region = region,
              .request_id = world_.ids().uuid(),
              .endpoint = "http://127.0.0.1:4566",
              .received = now,
              .now = now,
              .ids = world_.ids()});
}

}  // namespace cloudchamber::mock
