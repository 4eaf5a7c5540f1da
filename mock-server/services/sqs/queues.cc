#include "mock-server/services/sqs/queues.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/move_task.h"
#include "mock-server/services/sqs/queue_policy.h"

namespace cloudchamber::mock::sqs {
namespace {

bool is_account(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The part before the last '/' or ':'.
std::string_view before_name(std::string_view url_or_arn) {
  const std::size_t cut = url_or_arn.find_last_of("/:");
  return cut == std::string_view::npos ? std::string_view() : url_or_arn.substr(0, cut);
}

// A queue found by its URL must be the one meant: the account in the URL, where it has one, has
// chosen whose queues these are.
const Queue& checked(const Queue* queue, const Call& call) {
  if (queue == nullptr) throw queue_does_not_exist(speaks_query(call));
  check_access(call, *queue);
  return *queue;
}

}  // namespace

// A URL's host is not looked at: clients reach us under many names.
const Queue& Queues::named_by(const Call& call) const {
  return checked(by_name.find(name_in(call.text("QueueUrl"))), call);
}

Queue& Queues::named_by(const Call& call) {
  settle_moves(call);
  Queue* queue = by_name.change(name_in(call.text("QueueUrl")));
  (void)checked(queue, call);
  return *queue;
}

std::optional<TimePoint> Queues::next_move() const {
  std::optional<TimePoint> next;
  for (const auto& [name, nothing] : moving) {
    const Queue* source = by_name.find(name);
    if (source == nullptr || source->move_tasks.empty()) continue;
    const TimePoint due = (--source->move_tasks.end())->second.next_due();
    if (!next || due < *next) next = due;
  }
  return next;
}

std::string owner_of(const Call& call) {
  for (const char* member : {"QueueUrl", "SourceArn"}) {
    const Json* named = call.find(member);
    if (named == nullptr || !named->is_string()) continue;
    const std::string account = name_in(before_name(named->get_ref<const std::string&>()));
    if (is_account(account)) return account;
  }
  const std::string owner = call.text_or("QueueOwnerAWSAccountId", "");
  return is_account(owner) ? owner : call.account();
}

std::string url_of(const Call& call, const Queue& queue) {
  return call.endpoint() + '/' + queue.account + '/' + queue.name;
}

std::string name_in(std::string_view url_or_arn) {
  const std::size_t cut = url_or_arn.find_last_of("/:");
  return std::string(cut == std::string_view::npos ? url_or_arn : url_or_arn.substr(cut + 1));
}

bool speaks_query(const Call& call) { return call.service().protocol == Protocol::kQuery; }

}  // namespace cloudchamber::mock::sqs
