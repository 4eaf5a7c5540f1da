#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/attributes.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/operations.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::sqs {
namespace {

std::string checked_name(const Call& call) {
  const std::string& name = call.text("QueueName");
  if (name.ends_with(".fifo")) throw not_implemented("A FIFO queue");
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (name.empty() || name.size() > kMaxQueueName ||
      !std::all_of(name.begin(), name.end(), allowed)) {
    throw invalid_parameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
  return name;
}

// A queue that exists is given back unless an attribute named in the call differs.
void compare(const Queue& existing, const Queue& wanted, const Json& attributes) {
  const auto there = settings(existing);
  const auto asked = settings(wanted);
  for (const auto& [name, value] : attributes.items()) {
    const auto a = there.find(name);
    const auto b = asked.find(name);
    if ((a == there.end() ? "" : a->second) != (b == asked.end() ? "" : b->second))
      throw queue_name_exists(name);
  }
}

// One page of queue names from `names`, which is in order: the token names the first of the next
// page.
template <class Accept>
Json page_of(Call& call, const Queues& queues, const char* member, const Accept& accept) {
  const bool paged = call.has("MaxResults");
  const std::int64_t max = call.integer_or("MaxResults", kMaxListResults);
  if (max < 1 || max > kMaxListResults) {
    throw invalid_parameter(std::to_string(max), "MaxResults",
                            "MaxResults must be between 1 and 1000.");
  }
  std::string from;
  if (call.has("NextToken")) {
    const auto token = base64_decode(call.text("NextToken"));
    if (!token || !paged) throw invalid_parameter("Invalid or expired next token.");
    from = *token;
  }
  Json urls = Json::array();
  for (auto at = queues.by_name.lower_bound(from); at != queues.by_name.end(); ++at) {
    if (!accept(at->second)) continue;
    if (static_cast<std::int64_t>(urls.size()) == max) {
      if (!paged) break;
      return {{member, std::move(urls)}, {"NextToken", base64_encode(at->first)}};
    }
    urls.push_back(url_of(call, at->first));
  }
  return urls.empty() ? Json::object() : Json{{member, std::move(urls)}};
}

}  // namespace

Json create_queue(Call& call, Queues& queues) {
  const std::string name = checked_name(call);
  Queue queue;
  queue.name = name;
  queue.arn = "arn:aws:sqs:" + call.region() + ':' + call.account() + ':' + name;
  queue.created = queue.modified = call.now();
  const Json none = Json::object();
  const Json& attributes = call.has("Attributes") ? call.at("Attributes") : none;
  set_attributes(queue, attributes);
  if (call.has("tags")) {
    for (const auto& [key, value] : call.at("tags").items())
      queue.tags[key] = value.get<std::string>();
  }
  if (const Queue* existing = queues.by_name.find(name)) {
    compare(*existing, queue, attributes);
  } else {
    const TimePoint* deleted = queues.deleted.find(name);
    if (deleted != nullptr && call.now() < *deleted + kRecreateDelay) {
      throw AwsError("QueueDeletedRecently",
                     "You must wait 60 seconds after deleting a queue before you can create "
                     "another with the same name.");
    }
    queues.deleted.erase(name);
    queues.by_name.put(name, std::move(queue));
  }
  return {{"QueueUrl", url_of(call, name)}};
}

Json delete_queue(Call& call, Queues& queues) {
  const std::string name = queues.named_by(call).name;
  queues.by_name.erase(name);
  queues.deleted.put(name, call.now());
  return Json::object();
}

Json purge_queue(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  if (queue.purged && call.now() < *queue.purged + kPurgeInterval) {
    throw AwsError("PurgeQueueInProgress", "Only one PurgeQueue operation on " + queue.name +
                                               " is allowed every 60 seconds.");
  }
  queue.purge(call.now());
  return Json::object();
}

Json get_queue_url(Call& call, const Queues& queues) {
  const std::string owner = call.text_or("QueueOwnerAWSAccountId", call.account());
  const std::string& name = call.text("QueueName");
  if (owner != call.account() || !queues.by_name.contains(name))
    throw queue_does_not_exist(speaks_query(call));
  return {{"QueueUrl", url_of(call, name)}};
}

Json list_queues(Call& call, const Queues& queues) {
  const std::string prefix = call.text_or("QueueNamePrefix", "");
  return page_of(call, queues, "QueueUrls",
                 [&](const Queue& queue) { return queue.name.starts_with(prefix); });
}

Json list_dead_letter_source_queues(Call& call, const Queues& queues) {
  const std::string& arn = queues.named_by(call).arn;
  Json page = page_of(call, queues, "queueUrls", [&](const Queue& queue) {
    return queue.redrive && queue.redrive->dead_letter_target_arn == arn;
  });
  if (!page.contains("queueUrls")) page["queueUrls"] = Json::array();
  return page;
}

}  // namespace cloudchamber::mock::sqs
