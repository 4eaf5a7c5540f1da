#include "mock-server/mock_aws.h"

#include <map>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "cloudchamber/virtual_clock.h"
#include "mock-server/http/http_server.h"
#include "mock-server/pipeline.h"
#include "mock-server/services/services.h"
#include "mock-server/state/credentials.h"

namespace cloudchamber::mock {
namespace {

// What all worlds have in common, and none changes.
struct Machinery {
  std::shared_ptr<const std::vector<Service>> services;
  std::vector<std::string> names;
  Router router;
};

std::shared_ptr<const Machinery> make_machinery(const ServiceOptions& options) {
  auto made = std::make_shared<Machinery>();
  made->services = std::make_shared<const std::vector<Service>>(make_services(options));
  for (const Service& service : *made->services) made->names.push_back(service.name());
  return made;
}

std::shared_ptr<const Machinery> machinery(const MockAws::Options& options) {
  if (options.legacy_s3_acls) return make_machinery({.legacy_s3_acls = true});
  static const std::shared_ptr<const Machinery> shared = make_machinery({});
  return shared;
}

}  // namespace

struct MockAws::Impl {
  Impl(const Options& settings, std::shared_ptr<const Machinery> shared,
       std::unique_ptr<World> its_world)
      : options(settings),
        machinery(std::move(shared)),
        world(std::move(its_world)),
        // Clients outside sign by the machine's time, whatever time it is in here.
        authorizer(*world, options.strict, real_clock()),
        dispatcher(*world, machinery->services),
        control({.reset = [this] { reset(); },
                 .reseed = [this](std::uint64_t seed) { world->ids().reseed(seed); }},
                options.clock, machinery->names),
        pipeline({.world = *world,
                  .router = machinery->router,
                  .authorizer = authorizer,
                  .dispatcher = dispatcher,
                  .control = control,
                  .strict = options.strict,
                  .transition_time = options.transition_time}) {}

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Requests that wait (long polling) are answered as if their time had come.
  void stop() {
    world->end_waits(true);
    server.reset();
    world->end_waits(false);
  }

  HttpResponse handle(HttpRequest request) const {
    // What a socket would have carried; services tell a body of no bytes from no body.
    if (!request.headers.contains("Content-Length") &&
        !request.headers.contains("Transfer-Encoding") &&
        (!request.body.empty() || request.method == "PUT" || request.method == "POST"))
      request.headers.add("Content-Length", std::to_string(request.body.size()));
    return pipeline.handle(std::move(request));
  }

  void add(const std::string& access_key_id, const Credential& credential) {
    Transaction transaction = world->begin();
    transaction.write<KnownCredentials>(kDefaultAccount, "")
        .by_access_key_id.put(access_key_id, credential);
    transaction.commit();
  }

  void reset() {
    world->reset();
    const std::lock_guard lock(mutex);
    for (const auto& [access_key_id, credential] : added) add(access_key_id, credential);
  }

  const Options options;  // the clock always set
  const std::shared_ptr<const Machinery> machinery;
  const std::unique_ptr<World> world;
  std::mutex mutex;  // of `added`
  std::map<std::string, Credential> added;
  const Authorizer authorizer;
  const Dispatcher dispatcher;
  const Control control;
  const Pipeline pipeline;
  std::string host;
  std::unique_ptr<HttpServer> server;
};

MockAws::MockAws() : MockAws(Options()) {}

MockAws::MockAws(const Options& options) {
  Options complete = options;
  if (complete.clock == nullptr) complete.clock = std::make_shared<VirtualClock>();
  auto world = std::make_unique<World>(complete.clock, complete.seed);
  impl_ = std::make_unique<Impl>(complete, machinery(complete), std::move(world));
  add_credentials(kDefaultAccessKeyId, kDefaultSecretAccessKey, kDefaultAccount);
}

MockAws::MockAws(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MockAws::~MockAws() = default;
MockAws::MockAws(MockAws&&) noexcept = default;
MockAws& MockAws::operator=(MockAws&&) noexcept = default;

HttpResponse MockAws::handle(HttpRequest request) const {
  return impl_->handle(std::move(request));
}

std::function<HttpResponse(const HttpRequest&)> MockAws::handler() const {
  return [impl = impl_.get()](const HttpRequest& request) { return impl->handle(request); };
}

void MockAws::start(int port, const std::string& host, Around around) {
  if (impl_->server != nullptr) throw std::logic_error("this MockAws is being served already");
  const Pipeline& pipeline = impl_->pipeline;
  HttpServer::Callbacks callbacks{
      .handle = [&](HttpRequest request) { return pipeline.handle(std::move(request)); },
      .body_limit = [&](const HttpRequest& head) { return pipeline.body_limit(head); },
      .refusal = [&](const HttpRequest& head) { return pipeline.refusal(head); },
      .fault = [&](const HttpRequest& head,
                   HttpFault fault) { return pipeline.answer_fault(head, fault); }};
  if (around) {
    callbacks.handle = [around, answer = Answer(callbacks.handle)](HttpRequest request) {
      return around(std::move(request), answer);
    };
    callbacks.refusal = [around, &pipeline](const HttpRequest& head) {
      std::optional<HttpResponse> refusal = pipeline.refusal(head);
      if (refusal) refusal = around(head, [&](const HttpRequest&) { return *refusal; });
      return refusal;
    };
  }
  impl_->server = std::make_unique<HttpServer>(std::move(callbacks),
                                               HttpServer::Options{.host = host, .port = port});
  impl_->server->start();
  impl_->host = host;
}

void MockAws::stop() { impl_->stop(); }
bool MockAws::started() const { return impl_->server != nullptr; }

int MockAws::port() const {
  if (impl_->server == nullptr) throw std::logic_error("this MockAws is not being served");
  return impl_->server->port();
}

std::string MockAws::url() const {
  const std::string& host = impl_->host;
  const bool everywhere = host == "0.0.0.0" || host == "::";
  const std::string name = everywhere                            ? "127.0.0.1"
                           : host.find(':') != std::string::npos ? "[" + host + "]"
                                                                 : host;
  return "http://" + name + ":" + std::to_string(port());
}

AdvanceableClock& MockAws::clock() const { return *impl_->options.clock; }
const std::shared_ptr<AdvanceableClock>& MockAws::shared_clock() const {
  return impl_->options.clock;
}

void MockAws::add_credentials(const std::string& access_key_id,
                              const std::string& secret_access_key, const std::string& account) {
  const Credential credential{.secret_access_key = secret_access_key,
                              .account = account,
                              .arn = "arn:aws:iam::" + account + ":root",
                              .user_id = account};
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->added.insert_or_assign(access_key_id, credential);
  }
  impl_->add(access_key_id, credential);
}

void MockAws::reset() { impl_->reset(); }

MockAws MockAws::fork() const {
  auto forked = std::make_unique<Impl>(impl_->options, impl_->machinery, impl_->world->fork());
  const std::lock_guard lock(impl_->mutex);
  forked->added = impl_->added;
  return MockAws(std::move(forked));
}

MockAws::Snapshot MockAws::snapshot() const {
  Snapshot snapshot;
  snapshot.state_ = impl_->world->snapshot();
  return snapshot;
}

void MockAws::restore(const Snapshot& snapshot) {
  if (snapshot.state_ == nullptr) throw std::logic_error("a snapshot that was never taken");
  impl_->world->restore(std::static_pointer_cast<const World::Snapshot>(snapshot.state_));
}

World& MockAws::world() const { return *impl_->world; }
const Dispatcher& MockAws::dispatcher() const { return impl_->dispatcher; }

}  // namespace cloudchamber::mock
