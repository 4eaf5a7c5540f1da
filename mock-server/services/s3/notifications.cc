#include "mock-server/services/s3/notifications.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "mock-server/policy/evaluate.h"
#include "mock-server/services/s3/names.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr const char* kService = "s3.amazonaws.com";

struct QueueArn {
  std::string region;
  std::string account;
  std::string name;
};

std::optional<QueueArn> parsed(const std::string& arn) {
  std::vector<std::string> parts(1);
  for (const char c : arn) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() != 6) return std::nullopt;
  return QueueArn{parts[3], parts[4], parts[5]};
}

// An operation of SQS, done by S3 itself for the queue's owner and in the queue's region.
Json call_queue(const Call& call, const QueueArn& queue, const char* operation, Json input) {
  const Principal service{.account = queue.account,
                          .arn = kService,
                          .user_id = kService,
                          .access_key_id = "",
                          .anonymous = false};
  const Call::Context& outer = call.context();
  const Call::Context context{.service = outer.service,
                              .operation = outer.operation,
                              .input = outer.input,
                              .request = outer.request,
                              .principal = service,
                              .region = queue.region,
                              .request_id = outer.request_id,
                              .endpoint = outer.endpoint,
                              .received = outer.received,
                              .now = outer.now,
                              .ids = outer.ids,
                              .invoker = outer.invoker,
                              .strict = outer.strict,
                              .transition_time = outer.transition_time};
  input["QueueUrl"] = outer.endpoint + '/' + queue.account + '/' + queue.name;
  return Call(context).invoke("sqs", operation, input);
}

// Does the queue's policy let S3 send for this bucket? Statements that name S3's service principal
// are, for the evaluation, about everyone.
bool lets_s3_send(const Call& call, const Bucket& bucket, const std::string& arn, Json policy) {
  Json& statements = policy["Statement"];
  if (statements.is_object()) statements = Json::array({statements});
  for (Json& statement : statements) {
    const auto principal = statement.find("Principal");
    if (principal == statement.end() || !principal->is_object()) continue;
    const auto services = principal->find("Service");
    if (services == principal->end()) continue;
    const bool named = services->is_array() ? std::find(services->begin(), services->end(),
                                                        kService) != services->end()
                                            : *services == kService;
    if (named) *principal = "*";
  }
  Principal nobody;
  nobody.anonymous = true;
  const auto value_of = [&](std::string_view key) -> std::optional<std::vector<std::string>> {
    if (key == "aws:sourcearn") return std::vector{bucket_arn(bucket.name)};
    if (key == "aws:sourceaccount") return std::vector{bucket.owner};
    if (key == "aws:securetransport") return std::vector<std::string>{"true"};
    if (key == "aws:currenttime") return std::vector{iso8601(call.now())};
    return std::nullopt;
  };
  return evaluate(policy, {.principal = nobody,
                           .action = "sqs:SendMessage",
                           .resource = arn,
                           .values = value_of}) == Effect::kAllow;
}

// As the event says it: percent-encoded, but for slashes, and with '+' for a space.
std::string encoded_key(const std::string& key) {
  std::string encoded = uri_encode(key, /*keep_slash=*/true);
  for (std::size_t at = 0; (at = encoded.find("%20", at)) != std::string::npos;)
    encoded.replace(at, 3, "+");
  return encoded;
}

// "AIDA..." is told as "AWS:AIDA...".
std::string principal_id(const Principal& principal) {
  return principal.anonymous ? "Anonymous" : "AWS:" + principal.user_id;
}

// What stands for the customer in events: AWS's are as opaque.
std::string customer_id(const std::string& account) {
  std::string id = "A" + canonical_id(account).substr(0, 13);
  std::transform(id.begin(), id.end(), id.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return id;
}

std::string host_id(const Call& call) {
  constexpr std::size_t kBytes = 57;  // 76 characters
  return call.ids().base64(kBytes);
}

// Comparable within a key: a later event has the larger one.
std::string next_sequencer(Bucket& bucket) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%018llX",
                static_cast<unsigned long long>(++bucket.sequence));
  return text.data();
}

// LocalStack's recordings of test_s3_notifications_sqs.py; the members in the order of AWS.
std::string record_of(const Call& call, Bucket& bucket, const Event& event,
                      const std::string& configuration_id) {
  using Ordered = nlohmann::ordered_json;
  // Events of tags and ACLs are of a later version, and say less of the object.
  const bool later = event.name.starts_with("ObjectTagging") || event.name.starts_with("ObjectAcl");
  Ordered object{{"key", encoded_key(event.key)}};
  if (event.object != nullptr) {
    if (!later && !event.object->delete_marker) object["size"] = event.object->body.size();
    object["eTag"] =
        event.object->delete_marker ? "d41d8cd98f00b204e9800998ecf8427e" : event.object->etag;
  }
  if (!event.version_id.empty()) object["versionId"] = event.version_id;
  if (!later) object["sequencer"] = next_sequencer(bucket);
  const Ordered record{{"eventVersion", later ? "2.3" : "2.1"},
                       {"eventSource", "aws:s3"},
                       {"awsRegion", bucket.region},
                       {"eventTime", iso8601_milliseconds(call.now())},
                       {"eventName", event.name},
                       {"userIdentity", {{"principalId", principal_id(call.principal())}}},
                       {"requestParameters", {{"sourceIPAddress", "127.0.0.1"}}},
                       {"responseElements",
                        {{"x-amz-request-id", call.request_id()}, {"x-amz-id-2", host_id(call)}}},
                       {"s3",
                        {{"s3SchemaVersion", "1.0"},
                         {"configurationId", configuration_id},
                         {"bucket",
                          {{"name", bucket.name},
                           {"ownerIdentity", {{"principalId", customer_id(bucket.owner)}}},
                           {"arn", bucket_arn(bucket.name)}}},
                         {"object", object}}}};
  return Ordered{{"Records", Ordered::array({record})}}.dump();
}

bool names_event(const Json& events, const std::string& name) {
  return std::any_of(events.begin(), events.end(), [&](const Json& event) {
    const std::string& wanted = event.get_ref<const std::string&>();
    if (wanted.ends_with('*'))
      return ("s3:" + name).starts_with(wanted.substr(0, wanted.size() - 1));
    return wanted == "s3:" + name;
  });
}

bool lets_through(const Json& configuration, const std::string& key) {
  const Json::json_pointer rules_at("/Filter/Key/FilterRules");
  if (!configuration.contains(rules_at)) return true;
  const Json& rules = configuration.at(rules_at);
  return std::all_of(rules.begin(), rules.end(), [&](const Json& rule) {
    const std::string& value = rule["Value"].get_ref<const std::string&>();
    return rule["Name"] == "Prefix" ? key.starts_with(value) : key.ends_with(value);
  });
}

}  // namespace

std::string named_version(const Bucket& bucket, const Object& made) {
  return bucket.versioning == "Enabled" ? made.version_id : std::string();
}

std::string fault_of_destination(const Call& call, const Bucket& bucket,
                                 const std::string& queue_arn) {
  const std::string missing = "The destination queue does not exist";
  const auto queue = parsed(queue_arn);
  if (!queue || queue->region != bucket.region) return missing;
  Json attributes;
  try {
    attributes = call_queue(call, *queue, "GetQueueAttributes", {{"AttributeNames", {"All"}}})
                     .value("Attributes", Json::object());
  } catch (const AwsError&) {
    return missing;
  }
  if (attributes.contains("FifoQueue")) return "FIFO SQS queues are not supported";
  const Json policy = attributes.contains("Policy")
                          ? Json::parse(attributes["Policy"].get_ref<const std::string&>())
                          : Json::object();
  if (!policy.contains("Statement") || !lets_s3_send(call, bucket, queue_arn, policy)) {
    return "Permissions on the destination queue do not allow S3 to publish notifications from "
           "this bucket";
  }
  return "";
}

void send_test_event(const Call& call, const Bucket& bucket, const std::string& queue_arn) {
  const nlohmann::ordered_json event{{"Service", "Amazon S3"},
                                     {"Event", "s3:TestEvent"},
                                     {"Time", iso8601_milliseconds(call.now())},
                                     {"Bucket", bucket.name},
                                     {"RequestId", call.request_id()},
                                     {"HostId", host_id(call)}};
  static_cast<void>(
      call_queue(call, *parsed(queue_arn), "SendMessage", {{"MessageBody", event.dump()}}));
}

void announce(const Call& call, Bucket& bucket, const Event& event) {
  const Json* configurations = bucket.configuration("Notification");
  if (configurations == nullptr) return;
  for (const Json& configuration : *configurations) {
    if (!names_event(configuration["Events"], event.name) ||
        !lets_through(configuration, event.key)) {
      continue;
    }
    const std::string& arn = configuration["QueueArn"].get_ref<const std::string&>();
    if (const auto queue = parsed(arn); queue && queue->account != call.account())
      throw not_implemented("An event that another account's queue is to be told of");
    if (!fault_of_destination(call, bucket, arn).empty()) continue;
    const std::string body =
        record_of(call, bucket, event, configuration["Id"].get_ref<const std::string&>());
    try {
      static_cast<void>(call_queue(call, *parsed(arn), "SendMessage", {{"MessageBody", body}}));
    } catch (const AwsError&) {  // the write stands, whatever the queue says
    }
  }
}

}  // namespace cloudchamber::mock::s3
