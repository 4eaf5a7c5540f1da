#include "mock-server/services/sqs/queues.h"

#include "mock-server/services/sqs/errors.h"

namespace cloudchamber::mock::sqs {
namespace {

// A URL's host is not looked at: clients reach us under many names. Its account must be the
// caller's, since the queues of others can't be seen from here.
std::string checked_name(const Call& call) {
  const std::string& url = call.text("QueueUrl");
  const std::string name = name_in(url);
  if (name.size() == url.size()) return name;  // a bare name
  const std::string_view before = std::string_view(url).substr(0, url.size() - name.size() - 1);
  const std::string account = name_in(before);
  if (account != call.account()) throw queue_does_not_exist(speaks_query(call));
  return name;
}

}  // namespace

const Queue& Queues::named_by(const Call& call) const {
  const Queue* queue = by_name.find(checked_name(call));
  if (queue == nullptr) throw queue_does_not_exist(speaks_query(call));
  return *queue;
}

Queue& Queues::named_by(const Call& call) {
  Queue* queue = by_name.change(checked_name(call));
  if (queue == nullptr) throw queue_does_not_exist(speaks_query(call));
  return *queue;
}

std::string url_of(const Call& call, std::string_view name) {
  return call.endpoint() + '/' + call.account() + '/' + std::string(name);
}

std::string name_in(std::string_view url_or_arn) {
  const std::size_t cut = url_or_arn.find_last_of("/:");
  return std::string(cut == std::string_view::npos ? url_or_arn : url_or_arn.substr(cut + 1));
}

bool speaks_query(const Call& call) { return call.service().protocol == Protocol::kQuery; }

}  // namespace cloudchamber::mock::sqs
