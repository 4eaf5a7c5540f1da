#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

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

std::size_t characters_in(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

void add_tags(Queue& queue, const Json& tags) {
  if (tags.empty()) throw missing_parameter("Tags");
  for (const auto& [key, value] : tags.items()) {
    const std::string& text = value.get_ref<const std::string&>();
    const std::size_t length = characters_in(key);
    if (length < 1 || length > kMaxTagKey)
      throw invalid_parameter("Tag keys must be between 1 and 128 characters in length.");
    if (characters_in(text) > kMaxTagValue)
      throw invalid_parameter("Tag values must be between 0 and 256 characters in length.");
    queue.tags[key] = text;
  }
  if (queue.tags.size() > kMaxTags)
    throw invalid_parameter("Too many tags added for queue " + queue.name + ".");
}

Json get_queue_attributes(Call& call, const Queues& queues) {
  Queues as_of_now = queues;
  if (!queues.moving.empty()) as_of_now.settle_moves(call);
  const Queue& queue = std::as_const(as_of_now).named_by(call);
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
  set_attributes(queue, call.at("Attributes"), queues, call.now());
  queue.modified = call.now();
  return Json::object();
}

Json list_queue_tags(Call& call, const Queues& queues) {
  const Queue& queue = queues.named_by(call);
  return queue.tags.empty() ? Json::object() : Json{{"Tags", queue.tags}};
}

Json tag_queue(Call& call, Queues& queues) {
  add_tags(queues.named_by(call), call.at("Tags"));
  return Json::object();
}

Json untag_queue(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  if (call.at("TagKeys").empty())
    throw invalid_parameter("Tag keys must be between 1 and 128 characters in length.");
  for (const Json& key : call.at("TagKeys")) queue.tags.erase(key.get<std::string>());
  return Json::object();
}

}  // namespace cloudchamber::mock::sqs
