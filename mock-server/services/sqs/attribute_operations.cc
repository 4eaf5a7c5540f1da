#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/attributes.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/operations.h"

namespace cloudchamber::mock::sqs {
namespace {

bool is_attribute_name(const Call& call, const std::string& name) {
  const Shape* names = call.service().find_shape("QueueAttributeName");
  return std::find(names->enum_values.begin(), names->enum_values.end(), name) !=
         names->enum_values.end();
}

}  // namespace

Json get_queue_attributes(Call& call, const Queues& queues) {
  const Queue& queue = queues.named_by(call);
  if (!call.has("AttributeNames")) return Json::object();
  const auto all = all_attributes(queue, call.now());
  Json result = Json::object();
  for (const Json& wanted : call.at("AttributeNames")) {
    const std::string& name = wanted.get_ref<const std::string&>();
    if (!is_attribute_name(call, name)) throw unknown_attribute(name);
    if (name == "All") {
      for (const auto& [each, value] : all) result[each] = value;
    } else if (const auto found = all.find(name); found != all.end()) {
      result[name] = found->second;
    }
  }
  return result.empty() ? Json::object() : Json{{"Attributes", std::move(result)}};
}

Json set_queue_attributes(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  set_attributes(queue, call.at("Attributes"));
  queue.modified = call.now();
  return Json::object();
}

Json list_queue_tags(Call& call, const Queues& queues) {
  const Queue& queue = queues.named_by(call);
  return queue.tags.empty() ? Json::object() : Json{{"Tags", queue.tags}};
}

Json tag_queue(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  for (const auto& [key, value] : call.at("Tags").items())
    queue.tags[key] = value.get<std::string>();
  if (queue.tags.size() > kMaxTags)
    throw invalid_parameter("Too many tags added for queue " + queue.name + ".");
  return Json::object();
}

Json untag_queue(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  for (const Json& key : call.at("TagKeys")) queue.tags.erase(key.get<std::string>());
  return Json::object();
}

}  // namespace cloudchamber::mock::sqs
