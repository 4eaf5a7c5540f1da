#include "cloudchamber/scripted_transport.h"

#include <stdexcept>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/transport/deliver.h"

namespace cloudchamber {

ScriptedTransport& ScriptedTransport::answer(int status, Headers headers, Blob body) {
  const std::lock_guard lock(mutex_);
  Step step;
  step.response.status = status;
  step.response.headers = std::move(headers);
  step.response.body = std::move(body);
  steps_.push_back(std::move(step));
  return *this;
}

ScriptedTransport& ScriptedTransport::fail(std::string message) {
  const std::lock_guard lock(mutex_);
  Step step;
  step.failure = std::move(message);
  step.fails = true;
  steps_.push_back(std::move(step));
  return *this;
}

HttpResponse ScriptedTransport::send(const HttpRequest& request, const SendOptions& options) {
  Step step;
  HttpRequest sent = whole_request(request, options);
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(sent));
    if (steps_.empty()) {
      throw std::logic_error("the script has no answer for " + request.method + " " +
                             request.target);
    }
    step = std::move(steps_.front());
    steps_.pop_front();
  }
  if (step.fails) throw ConnectionError(step.failure);
  deliver_body(step.response, options);
  return std::move(step.response);
}

std::vector<HttpRequest> ScriptedTransport::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t ScriptedTransport::unused() const {
  const std::lock_guard lock(mutex_);
  return steps_.size();
}

}  // namespace cloudchamber
