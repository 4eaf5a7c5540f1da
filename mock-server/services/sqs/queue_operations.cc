#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "mock-server/services/sqs/attributes.h"
#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/operations.h"
#include "mock-server/services/sqs/queue_policy.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::sqs {
namespace {

bool is_fifo(const Json& attributes) {
  const auto fifo = attributes.find("FifoQueue");
  return fifo != attributes.end() && (*fifo == "true" || *fifo == "True" || *fifo == "TRUE");
}

std::string checked_name(const Call& call, bool fifo) {
  constexpr std::string_view kSuffix = ".fifo";
  const std::string& name = call.text("QueueName");
  std::string_view stem = name;
  if (fifo && stem.ends_with(kSuffix)) stem.remove_suffix(kSuffix.size());
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  const bool good = !stem.empty() && name.size() <= kMaxQueueName &&
                    std::all_of(stem.begin(), stem.end(), allowed) &&
                    (!fifo || stem.size() < name.size());
  if (good) return name;
  throw invalid_parameter(
      fifo
          ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
            "underscores, must end with .fifo suffix and be 1 to 80 in length."
          : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
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
Json page_of(Call& call, const Queues& queues, const char* member, const std::string& prefix,
             const Accept& accept) {
  const bool paged = call.has("MaxResults");
  const std::int64_t max = call.integer_or("MaxResults", kMaxListResults);
  if (max < 1 || max > kMaxListResults) {
    throw invalid_parameter(std::to_string(max), "MaxResults",
                            "MaxResults must be between 1 and 1000.");
  }
  std::string from = prefix;
  if (call.has("NextToken")) {
    const auto token = base64_decode(call.text("NextToken"));
    if (!token || !paged) throw invalid_parameter("Invalid or expired next token.");
    from = std::max(prefix, *token);
  }
  Json urls = Json::array();
  for (auto at = queues.by_name.lower_bound(from); at != queues.by_name.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    if (!accept(at->second)) continue;
    if (static_cast<std::int64_t>(urls.size()) == max) {
      if (!paged) break;
      return {{member, std::move(urls)}, {"NextToken", base64_encode(at->first)}};
    }
    urls.push_back(url_of(call, at->second));
  }
  return urls.empty() ? Json::object() : Json{{member, std::move(urls)}};
}

}  // namespace

Json create_queue(Call& call, Queues& queues) {
  const Json none = Json::object();
  const Json& attributes = call.has("Attributes") ? call.at("Attributes") : none;
  Queue queue(is_fifo(attributes));
  queue.name = checked_name(call, queue.fifo);
  queue.account = call.account();
  queue.arn = "arn:aws:sqs:" + call.region() + ':' + queue.account + ':' + queue.name;
  queue.created = queue.modified = call.now();
  set_attributes(queue, attributes, queues, call.now());
  queue.deduplication_scope_from = TimePoint();  // a new queue's is in effect at once
  if (call.has("tags") && !call.at("tags").empty()) add_tags(queue, call.at("tags"));
  if (const Queue* existing = queues.by_name.find(queue.name)) {
    compare(*existing, queue, attributes);
    return {{"QueueUrl", url_of(call, *existing)}};
  }
  const TimePoint* deleted = queues.deleted.find(queue.name);
  if (deleted != nullptr && call.now() < *deleted + kRecreateDelay) {
    throw AwsError("QueueDeletedRecently",
                   "You must wait 60 seconds after deleting a queue before you can create "
                   "another with the same name.");
  }
  const std::string url = url_of(call, queue);
  const std::string name = queue.name;
  queues.by_name.put(name, std::move(queue));
  return {{"QueueUrl", url}};
}

Json delete_queue(Call& call, Queues& queues) {
  const std::string name = queues.named_by(call).name;
  queues.by_name.erase(name);
  queues.moving.erase(name);
  auto& by_time = queues.deleted_by_time;
  while (!by_time.empty() && by_time.begin()->first.first + kRecreateDelay <= call.now()) {
    const auto [time, old] = by_time.begin()->first;
    if (const TimePoint* last = queues.deleted.find(old); last != nullptr && *last == time)
      queues.deleted.erase(old);
    by_time.erase(std::pair(time, old));
  }
  queues.deleted.put(name, call.now());
  by_time.put({call.now(), name}, {});
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
  const Queue* queue = queues.by_name.find(call.text("QueueName"));
  if (queue == nullptr) throw no_queue_url(speaks_query(call));
  try {
    check_access(call, *queue);
  } catch (const AwsError&) {  // whether there is such a queue is not for others to know
    throw no_queue_url(speaks_query(call));
  }
  return {{"QueueUrl", url_of(call, *queue)}};
}

Json list_queues(Call& call, const Queues& queues) {
  return page_of(call, queues, "QueueUrls", call.text_or("QueueNamePrefix", ""),
                 [](const Queue&) { return true; });
}

Json list_dead_letter_source_queues(Call& call, const Queues& queues) {
  const std::string& arn = queues.named_by(call).arn;
  Json page = page_of(call, queues, "queueUrls", "", [&](const Queue& queue) {
    return queue.redrive && queue.redrive->dead_letter_target_arn == arn;
  });
  if (!page.contains("queueUrls")) page["queueUrls"] = Json::array();
  return page;
}

}  // namespace cloudchamber::mock::sqs
