#include "cloudchamber/client.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/paginator.h"
#include "cloudchamber/waiter.h"
#include "sdk/client/call.h"
#include "sdk/client/client_state.h"
#include "sdk/client/paginator_state.h"
#include "sdk/client/signing.h"
#include "sdk/client/waiter_state.h"
#include "sdk/model/names.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber {

const Operation* Client::State::find_operation(std::string_view name) const {
  if (const Operation* operation = service().find_operation(name)) return operation;
  std::call_once(names_once_, [this] {
    for (const Operation* operation : service().operations())
      snake_names_.emplace(xform_name(operation->name), operation);
  });
  const auto found = snake_names_.find(std::string(name));
  return found == snake_names_.end() ? nullptr : found->second;
}

const Operation& Client::State::operation(std::string_view name) const {
  if (const Operation* operation = find_operation(name)) return *operation;
  std::vector<std::string_view> names;
  for (const Operation* operation : service().operations()) names.push_back(operation->name);
  const std::string hint = did_you_mean(name, names);
  throw UnknownOperationError("The service " + meta.service_name + " has no operation \"" +
                              std::string(name) + "\"" + hint);
}

Json Client::call(std::string_view operation) const {
  return perform(*state_, operation, Json::object(), CallOptions());
}

Json Client::call(std::string_view operation, const Json& parameters,
                  const CallOptions& options) const {
  if (parameters.is_null()) return perform(*state_, operation, Json::object(), options);
  return perform(*state_, operation, parameters, options);
}

std::string Client::generate_presigned_url(std::string_view operation, const Json& parameters,
                                           Seconds expires_in, std::string_view http_method) const {
  const Json none = Json::object();
  const CallOptions options;
  OutgoingCall outgoing(*state_, state_->operation(operation),
                        parameters.is_null() ? none : parameters, options);
  outgoing.presigning = true;
  prepare(outgoing);
  if (!http_method.empty()) outgoing.request.method = http_method;
  return presigned_url(outgoing, expires_in);
}

bool Client::can_paginate(std::string_view operation) const {
  const Operation* found = state_->find_operation(operation);
  return found != nullptr && state_->service().paginators().contains(found->name);
}

Paginator Client::get_paginator(std::string_view operation) const {
  return make_paginator(*this, state_->operation(operation));
}

Pages Client::paginate(std::string_view operation) const {
  return get_paginator(operation).paginate();
}

Pages Client::paginate(std::string_view operation, const Json& parameters) const {
  return get_paginator(operation).paginate(parameters);
}

Pages Client::paginate(std::string_view operation, const Json& parameters,
                       const PagingOptions& options) const {
  return get_paginator(operation).paginate(parameters, options);
}

std::vector<std::string> Client::waiter_names() const {
  std::vector<std::string> names;
  for (const auto& [name, description] : state_->service().waiters().items())
    names.push_back(xform_name(name));
  return names;
}

Waiter Client::get_waiter(std::string_view name) const { return make_waiter(*this, name); }

Json Client::wait(std::string_view name, const Json& parameters) const {
  return get_waiter(name).wait(parameters);
}

Json Client::wait(std::string_view name, const Json& parameters, const WaitOptions& options) const {
  return get_waiter(name).wait(parameters, options);
}

const ClientMeta& Client::meta() const { return state_->meta; }

}  // namespace cloudchamber
