#include "mock-server/services/cloudformation/operations/signals.h"

#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/dispatch.h"
#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/operations/new_stack.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::cloudformation {
namespace {

constexpr std::string_view kPrefix = "/cloudformation-waitcondition-";
constexpr std::size_t kMaxSignal = 16'384;

// "/cloudformation-waitcondition-REGION/STACK-ID/LOGICAL-ID"
struct Handle {
  std::string account;
  std::string region;
  std::string stack_id;
  std::string logical_id;
};

std::optional<Handle> handle_in(std::string_view path) {
  if (!path.starts_with(kPrefix)) return std::nullopt;
  path.remove_prefix(kPrefix.size());
  const std::size_t first = path.find('/');
  const std::size_t last = path.rfind('/');
  if (first == std::string_view::npos || last == first) return std::nullopt;
  Handle handle;
  handle.region = std::string(path.substr(0, first));
  handle.stack_id = uri_decode(path.substr(first + 1, last - first - 1));
  handle.logical_id = uri_decode(path.substr(last + 1));
  const std::string start = "arn:aws:cloudformation:" + handle.region + ':';
  if (!handle.stack_id.starts_with(start) || handle.stack_id.size() < start.size() + 13)
    return std::nullopt;
  handle.account = handle.stack_id.substr(start.size(), 12);
  return handle;
}

// Lets what waits go on; the same as anybody's look at the stack.
void look(const ServiceHooks::Exchange& exchange, const Handle& handle) {
  (void)exchange.dispatcher.run("cloudformation", "DescribeStacks",
                                {{"StackName", handle.stack_id}}, handle.account, handle.region);
}

Signal signal_in(const HttpRequest& request) {
  std::string scratch;
  const std::string_view text = request.body.flat(scratch);
  const Json body = text.size() > kMaxSignal ? Json() : Json::parse(text, nullptr, false);
  const auto text_at = [&](const char* name) {
    const auto found = body.is_object() ? body.find(name) : body.end();
    return body.is_object() && found != body.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
  };
  Signal signal{text_at("UniqueId"), text_at("Status") == "SUCCESS", text_at("Reason"),
                text_at("Data")};
  if (signal.id.empty() || (text_at("Status") != "SUCCESS" && text_at("Status") != "FAILURE"))
    throw AwsError("InvalidRequest", "A signal is a JSON object with Status and UniqueId", 400);
  return signal;
}

std::optional<HttpResponse> answer(const ServiceHooks::Exchange& exchange) {
  const std::string_view target = exchange.request.target;
  const std::optional<Handle> handle = handle_in(target.substr(0, target.find('?')));
  if (!handle) return std::nullopt;
  if (exchange.request.method != "PUT")
    throw AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.",
                   405);
  const Signal signal = signal_in(exchange.request);
  {
    Transaction transaction = exchange.world.begin();
    const Stack* stack =
        transaction.read<Stacks>(handle->account, handle->region).by_id.find(handle->stack_id);
    const auto resource =
        stack == nullptr ? Resources::const_iterator() : stack->resources.find(handle->logical_id);
    if (stack == nullptr || resource == stack->resources.end())
      throw AwsError("NoSuchKey", "The specified key does not exist.", 404);
    // Host and scheme are what the caller reached us by; the rest is the signature's.
    if (!resource->second.physical_id.ends_with(target)) {
      throw AwsError("SignatureDoesNotMatch",
                     "The request signature we calculated does not match the signature you "
                     "provided. Check your key and signing method.",
                     403);
    }
  }
  look(exchange, *handle);  // what ran out before the signal came
  {
    Transaction transaction = exchange.world.begin();
    Stacks& stacks = transaction.write<Stacks>(handle->account, handle->region);
    if (Stack* stack = stacks.by_id.change(handle->stack_id); stack != nullptr && stack->deployment)
      add_signal(*stack, handle->logical_id, signal);
    transaction.commit();
  }
  look(exchange, *handle);
  return HttpResponse{};
}

}  // namespace

ServiceHooks make_hooks() {
  ServiceHooks hooks;
  hooks.answer = answer;
  return hooks;
}

}  // namespace cloudchamber::mock::cloudformation
