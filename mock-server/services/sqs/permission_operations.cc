#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/operations.h"
#include "mock-server/services/sqs/queue_policy.h"

namespace cloudchamber::mock::sqs {
namespace {

// What can be shared, and what is the owner's alone.
constexpr std::array<std::string_view, 9> kShareable = {"*",
                                                        "SendMessage",
                                                        "ReceiveMessage",
                                                        "DeleteMessage",
                                                        "ChangeMessageVisibility",
                                                        "GetQueueUrl",
                                                        "GetQueueAttributes",
                                                        "PurgeQueue",
                                                        "ListDeadLetterSourceQueues"};

void check_actions(const Call& call, const Json& actions) {
  if (actions.empty()) throw missing_parameter("Actions");
  if (actions.size() > kMaxPermissionActions) {
    throw over_limit(std::to_string(actions.size()) + " Actions were found, maximum allowed is 7.");
  }
  for (const Json& action : actions) {
    const std::string& name = action.get_ref<const std::string&>();
    if (std::find(kShareable.begin(), kShareable.end(), name) != kShareable.end()) continue;
    throw invalid_parameter("SQS:" + name, "ActionName",
                            call.service().find_operation(name) != nullptr
                                ? "Only the queue owner is allowed to invoke this action."
                                : "Please refer to the appropriate WSDL for a list of valid "
                                  "actions. ");
  }
}

void check_accounts(const Json& accounts) {
  const auto is_account = [](const Json& account) {
    const std::string& id = account.get_ref<const std::string&>();
    return id.size() == 12 &&
           std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  if (accounts.empty() || accounts.size() > kMaxPermissionPrincipals ||
      !std::all_of(accounts.begin(), accounts.end(), is_account)) {
    std::string shown;
    for (const Json& account : accounts)
      shown += (shown.empty() ? "" : ", ") + account.get<std::string>();
    throw invalid_parameter('[' + shown + ']', "PrincipalId", "Unable to verify.");
  }
}

const std::string& checked_label(const Call& call) {
  const std::string& label = call.text("Label");
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (label.size() > kMaxLabel || !std::all_of(label.begin(), label.end(), allowed)) {
    throw invalid_parameter(label, "Label",
                            "Can only include alphanumeric characters, hyphens, or underscores. 1 "
                            "to 80 in length");
  }
  return label;
}

// One is written alone, several as a list.
Json one_or_more(const Json& names, const std::string& before, const std::string& after) {
  Json list = Json::array();
  for (const Json& name : names) list.push_back(before + name.get<std::string>() + after);
  return list.size() == 1 ? list[0] : list;
}

Json statements_of(const Queue& queue) {
  if (queue.policy == nullptr) return Json::array();
  const Json& statements = (*queue.policy)["Statement"];
  return statements.is_array() ? statements : Json::array({statements});
}

bool has_label(const Json& statement, const std::string& label) {
  const auto sid = statement.find("Sid");
  return sid != statement.end() && *sid == label;
}

// The members in the order in which AWS writes them.
nlohmann::ordered_json in_order(const Json& statement) {
  nlohmann::ordered_json result = nlohmann::ordered_json::object();
  for (const char* member : {"Sid", "Effect", "Principal", "Action", "Resource"}) {
    if (statement.contains(member)) result[member] = nlohmann::ordered_json(statement[member]);
  }
  for (const auto& [member, value] : statement.items()) {
    if (!result.contains(member)) result[member] = nlohmann::ordered_json(value);
  }
  return result;
}

void set_statements(Queue& queue, const Json& statements, TimePoint now) {
  queue.modified = now;
  if (statements.empty()) {
    queue.policy = nullptr;
    queue.attributes.erase("Policy");
    return;
  }
  const Json before = queue.policy == nullptr ? Json::object() : *queue.policy;
  nlohmann::ordered_json policy;
  policy["Version"] = before.value("Version", std::string("2008-10-17"));
  policy["Id"] = before.value("Id", queue.arn + "/SQSDefaultPolicy");
  policy["Statement"] = nlohmann::ordered_json::array();
  for (const Json& statement : statements) policy["Statement"].push_back(in_order(statement));
  const std::string text = policy.dump();
  queue.policy = std::make_shared<const Json>(parsed_policy(text));
  queue.attributes["Policy"] = text;
}

}  // namespace

// The policy as AWS builds it: LocalStack's recording test_sqs_permission_lifecycle.
Json add_permission(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  const std::string& label = checked_label(call);
  check_actions(call, call.at("Actions"));
  check_accounts(call.at("AWSAccountIds"));
  Json statements = statements_of(queue);
  if (std::any_of(statements.begin(), statements.end(),
                  [&](const Json& statement) { return has_label(statement, label); })) {
    throw invalid_parameter(label, "Label", "Already exists.");
  }
  if (statements.size() >= kMaxPolicyStatements) {
    throw over_limit("Policy statement count exceeds the maximum of " +
                     std::to_string(kMaxPolicyStatements) + ".");
  }
  statements.push_back(
      {{"Sid", label},
       {"Effect", "Allow"},
       {"Principal", {{"AWS", one_or_more(call.at("AWSAccountIds"), "arn:aws:iam::", ":root")}}},
       {"Action", one_or_more(call.at("Actions"), "SQS:", "")},
       {"Resource", queue.arn}});
  set_statements(queue, statements, call.now());
  return Json::object();
}

Json remove_permission(Call& call, Queues& queues) {
  Queue& queue = queues.named_by(call);
  const std::string& label = call.text("Label");
  Json kept = Json::array();
  const Json statements = statements_of(queue);
  for (const Json& statement : statements) {
    if (!has_label(statement, label)) kept.push_back(statement);
  }
  if (kept.size() == statements.size())
    throw invalid_parameter(label, "Label", "can't find label.");
  set_statements(queue, kept, call.now());
  return Json::object();
}

}  // namespace cloudchamber::mock::sqs
