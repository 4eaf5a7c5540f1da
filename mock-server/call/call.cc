#include "mock-server/call/call.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {

Call::Call(const Context& context) : context_(context) {}
Call::~Call() = default;

bool Call::has(std::string_view member) const { return find(member) != nullptr; }

const Json* Call::find(std::string_view member) const {
  const auto found = context_.input.find(member);
  return found == context_.input.end() ? nullptr : &*found;
}

const Json& Call::at(std::string_view member) const {
  const Json* value = find(member);
  if (value == nullptr)
    throw std::logic_error(operation().name + " was run without its required " +
                           std::string(member));
  return *value;
}

const std::string& Call::text(std::string_view member) const {
  return at(member).get_ref<const std::string&>();
}

std::string Call::text_or(std::string_view member, std::string fallback) const {
  const Json* value = find(member);
  return value == nullptr ? std::move(fallback) : value->get<std::string>();
}

std::int64_t Call::integer(std::string_view member) const { return at(member).get<std::int64_t>(); }

std::int64_t Call::integer_or(std::string_view member, std::int64_t fallback) const {
  const Json* value = find(member);
  return value == nullptr ? fallback : value->get<std::int64_t>();
}

bool Call::flag_or(std::string_view member, bool fallback) const {
  const Json* value = find(member);
  return value == nullptr ? fallback : value->get<bool>();
}

std::optional<TimePoint> Call::time(std::string_view member) const {
  const Json* value = find(member);
  return value == nullptr ? std::nullopt : timestamp_of(*value);
}

Seconds Call::seconds_or(std::string_view member, Seconds fallback) const {
  return Seconds(integer_or(member, fallback.count()));
}

void Call::reply_body(Blob body) { body_ = std::move(body); }
void Call::reply_status(int status) { status_ = status; }
void Call::reply_header(std::string name, std::string value) {
  headers_.add(std::move(name), std::move(value));
}

Json Call::invoke(std::string_view service_name, std::string_view operation_name,
                  const Json& input) const {
  if (context_.invoker == nullptr)
    throw std::logic_error("this call has nobody who could invoke for it");
  return context_.invoker->invoke(*this, principal(), service_name, operation_name, input);
}

Json Call::invoke_in(const std::string& account, std::string_view service_name,
                     std::string_view operation_name, const Json& input) const {
  if (context_.invoker == nullptr)
    throw std::logic_error("this call has nobody who could invoke for it");
  const Principal root{.account = account,
                       .arn = "arn:aws:iam::" + account + ":root",
                       .user_id = account,
                       .access_key_id = account,
                       .anonymous = false};
  return context_.invoker->invoke(*this, root, service_name, operation_name, input);
}

void Call::atomically(const std::function<void()>& steps) const {
  if (context_.invoker == nullptr)
    throw std::logic_error("this call has nobody who could invoke for it");
  context_.invoker->atomically(steps);
}

}  // namespace cloudchamber::mock
