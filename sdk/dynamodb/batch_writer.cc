#include "cloudchamber/dynamodb/batch_writer.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "cloudchamber/dynamodb/types.h"
#include "cloudchamber/errors.h"
#include "sdk/client/client_state.h"
#include "sdk/client/retry.h"

namespace cloudchamber::dynamodb {
namespace {

constexpr std::size_t kLargestBatch = 25;
constexpr int kMostFruitless = 10;

struct Request {
  Json request;  // {"PutRequest": {"Item": ...}}
  Json key;      // the values of overwrite_by_pkeys, null without
};

Json key_of(const Json& attributes, const std::vector<std::string>& names, const char* member) {
  if (names.empty()) return {};
  Json key = Json::array();
  for (const std::string& name : names) {
    const auto found = attributes.find(name);
    if (found == attributes.end())
      throw ParamValidationError("Parameter validation failed:\nMissing key attribute in " +
                                 std::string(member) + ": \"" + name + "\"");
    key.push_back(*found);
  }
  return key;
}

struct Attributes {
  const char* member;
  const Json& content;
};

// Of one of the requests that BatchWriteItem gives back.
Attributes attributes_of(const Json& request) {
  for (const auto& [name, member] : {std::pair("PutRequest", "Item"), {"DeleteRequest", "Key"}}) {
    const auto found = request.find(name);
    if (found != request.end() && found->contains(member)) return {member, (*found)[member]};
  }
  throw ResponseParserError("BatchWriteItem gave back a request that neither puts nor deletes");
}

}  // namespace

struct BatchWriter::Buffer {
  std::vector<Request> requests;
};

BatchWriter::BatchWriter(std::string table_name, const Client& client,
                         const BatchWriterOptions& options)
    : table_name_(std::move(table_name)),
      client_(client),
      options_(options),
      buffer_(std::make_unique<Buffer>()),
      uncaught_exceptions_(std::uncaught_exceptions()) {
  if (options_.flush_amount < 1 || options_.flush_amount > kLargestBatch)
    throw Error("flush_amount must be from 1 to 25, not " + std::to_string(options_.flush_amount));
}

BatchWriter::~BatchWriter() noexcept(false) {
  if (!closed_ && std::uncaught_exceptions() == uncaught_exceptions_) flush();
}

void BatchWriter::put_item(const Json& parameters) { add("PutRequest", "Item", parameters); }
void BatchWriter::delete_item(const Json& parameters) { add("DeleteRequest", "Key", parameters); }

void BatchWriter::add(const char* request, const char* member, const Json& parameters) {
  if (closed_) throw Error("The batch writer of table " + table_name_ + " is closed");
  if (!parameters.is_object() || parameters.size() != 1 || !parameters.contains(member) ||
      !parameters[member].is_object()) {
    throw ParamValidationError(
        std::string("Parameter validation failed:\nThe batch writer takes {\"") + member +
        "\": {...}} and nothing else");
  }
  const Json& attributes = parameters[member];
  (void)serialize_item(attributes);  // what can't be sent would keep its whole batch from going out
  Json key = key_of(attributes, options_.overwrite_by_pkeys, member);
  auto& waiting = buffer_->requests;
  if (!key.is_null()) {
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                                 [&](const Request& other) { return other.key == key; }),
                  waiting.end());
  }
  waiting.push_back({{{request, parameters}}, std::move(key)});
  if (waiting.size() >= options_.flush_amount) send_batch();
}

void BatchWriter::flush() {
  while (!buffer_->requests.empty()) send_batch();
}

void BatchWriter::close() {
  flush();
  closed_ = true;
}

std::size_t BatchWriter::pending() const { return buffer_->requests.size(); }

void BatchWriter::send_batch() {
  auto& waiting = buffer_->requests;
  const std::size_t count = std::min(waiting.size(), options_.flush_amount);
  const auto end = waiting.begin() + static_cast<std::ptrdiff_t>(count);
  Json requests = Json::array();
  std::for_each(waiting.begin(), end, [&](const Request& r) { requests.push_back(r.request); });
  const Json result =
      client_.call("BatchWriteItem", {{"RequestItems", {{table_name_, std::move(requests)}}}});
  waiting.erase(waiting.begin(), end);

  const Json unprocessed_items = result.value("UnprocessedItems", Json::object());
  const Json unprocessed = unprocessed_items.value(table_name_, Json::array());
  for (const Json& request : unprocessed) {
    const auto [member, attributes] = attributes_of(request);
    waiting.push_back({request, key_of(attributes, options_.overwrite_by_pkeys, member)});
  }
  if (unprocessed.size() < count) {
    fruitless_ = 0;
    return;
  }
  if (++fruitless_ >= kMostFruitless) {
    fruitless_ = 0;
    throw Error("DynamoDB has processed none of " + std::to_string(count) +
                " write requests to table " + table_name_ + " in ten attempts");
  }
  const Client::State& state = client_.state();
  state.clock->sleep_for(backoff(fruitless_, state.random));
}

}  // namespace cloudchamber::dynamodb
