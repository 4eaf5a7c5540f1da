#include "mock-server/services/dynamodb/streams.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "mock-server/services/dynamodb/description.h"
#include "mock-server/services/dynamodb/request.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::dynamodb {
namespace {

constexpr Seconds kRecordLifetime{24 * 3600LL};
constexpr Seconds kIteratorLifetime{15 * 60LL};
constexpr std::size_t kMaxRecordBytes = 1024 * 1024;

// Sequence numbers on the wire: 21 digits, ordered as text too.
std::string sequence_text(std::uint64_t sequence) {
  std::string digits = std::to_string(sequence);
  digits.insert(0, 20 - digits.size(), '0');
  return "1" + digits;
}

std::optional<std::uint64_t> sequence_of(std::string_view text) {
  if (text.size() != 21 || text[0] != '1') return std::nullopt;
  std::uint64_t sequence = 0;
  const auto result = std::from_chars(text.data() + 1, text.data() + text.size(), sequence);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return sequence;
}

const Stream& stream_at(const State& state, const std::string& arn) {
  const Stream* stream = state.streams.find(arn);
  if (stream != nullptr) return *stream;
  const bool looks_right = arn.compare(0, 8, "arn:aws:") == 0 &&
                           arn.find(":table/") != std::string::npos &&
                           arn.find("/stream/") != std::string::npos;
  if (!looks_right) throw validation_error("Invalid StreamArn: " + arn);
  throw resource_not_found("Requested resource not found: Stream: " + arn + " not found");
}

// An iterator says where it stands itself: nothing is kept for it.
struct Position {
  std::string arn;
  std::uint64_t next = 0;
  std::int64_t issued_ms = 0;
};

std::string iterator_text(const Position& position) {
  return position.arn + "|1|" +
         base64_encode(std::to_string(position.next) + "," + std::to_string(position.issued_ms));
}

Position read_iterator(const std::string& text) {
  const auto invalid = [] { return validation_error("Invalid ShardIterator"); };
  const std::size_t bar = text.find("|1|");
  if (bar == std::string::npos) throw invalid();
  const auto decoded = base64_decode(std::string_view(text).substr(bar + 3));
  if (!decoded) throw invalid();
  const std::size_t comma = decoded->find(',');
  if (comma == std::string::npos) throw invalid();
  Position position;
  position.arn = text.substr(0, bar);
  const char* begin = decoded->data();
  const char* end = begin + decoded->size();
  if (std::from_chars(begin, begin + comma, position.next).ptr != begin + comma ||
      std::from_chars(begin + comma + 1, end, position.issued_ms).ptr != end) {
    throw invalid();
  }
  return position;
}

// Limit, within what AWS documents: the model states no upper bound.
std::size_t limit_of(const Call& call, std::int64_t most) {
  const std::int64_t limit = call.integer_or("Limit", most);
  if (limit > most) {
    throw validation_error("1 validation error detected: Value '" + std::to_string(limit) +
                           "' at 'limit' failed to satisfy constraint: Member must have value less "
                           "than or equal to " +
                           std::to_string(most));
  }
  return static_cast<std::size_t>(limit);
}

Json shard_json(const Stream& stream) {
  Json range = {{"StartingSequenceNumber", sequence_text(stream.first_sequence)}};
  if (!stream.enabled) range["EndingSequenceNumber"] = sequence_text(stream.last_sequence);
  return {{"ShardId", stream.shard_id}, {"SequenceNumberRange", std::move(range)}};
}

Json record_json(const Call& call, const Stream& stream, std::uint64_t sequence,
                 const StreamRecord& record) {
  Json change = {
      {"ApproximateCreationDateTime", iso8601(std::chrono::floor<Seconds>(record.created))},
      {"Keys", *record.keys},
      {"SequenceNumber", sequence_text(sequence)},
      {"SizeBytes", record.bytes},
      {"StreamViewType", stream.view_type}};
  if (record.old_image != nullptr) change["OldImage"] = *record.old_image;
  if (record.new_image != nullptr) change["NewImage"] = *record.new_image;
  Json result = {{"eventID", record.event_id}, {"eventName", record.event_name},
                 {"eventVersion", "1.1"},      {"eventSource", "aws:dynamodb"},
                 {"awsRegion", call.region()}, {"dynamodb", std::move(change)}};
  if (record.by_service) {
    result["userIdentity"] = {{"PrincipalId", "dynamodb.amazonaws.com"}, {"Type", "Service"}};
  }
  return result;
}

}  // namespace

void set_stream(const Call& call, State& state, Definition& table, const Json& specification) {
  const bool enable = flag_member(specification, "StreamEnabled");
  const std::string* view = text_member(specification, "StreamViewType");
  const bool is_new = !state.tables.contains(table.name);
  if (!enable) {
    if (view != nullptr) {
      throw invalid_parameter("StreamViewType cannot be specified when StreamEnabled is false");
    }
    if (!table.stream.enabled && !is_new) {
      throw validation_error("Table does not have a stream to disable: TableName: " + table.name);
    }
    end_stream(state, table);
    table.stream.enabled = false;
    return;
  }
  if (view == nullptr) {
    throw invalid_parameter("StreamViewType must be specified when StreamEnabled is true");
  }
  if (table.stream.enabled) {
    throw validation_error("Table already has an enabled stream: TableName: " + table.name);
  }
  Stream stream;
  // Labels tell streams apart: two of the same millisecond get different ones.
  TimePoint labelled = call.now();
  do {
    stream.label = iso8601_milliseconds(labelled);
    stream.label.pop_back();  // the Z
    stream.arn = table.arn + "/stream/" + stream.label;
    labelled += Milliseconds(1);
  } while (state.streams.contains(stream.arn));
  stream.table_name = table.name;
  stream.view_type = *view;
  stream.created = call.now();
  stream.first_sequence = state.sequence + 1;
  std::string created = std::to_string(call.now().time_since_epoch().count());
  created.insert(0, created.size() < 20 ? 20 - created.size() : 0, '0');
  stream.shard_id = "shardId-" + created + "-" + call.ids().hex(8);
  table.stream = {true, *view, stream.arn, stream.label};
  stream.table = std::make_shared<const Definition>(table);
  std::string arn = stream.arn;
  state.streams.put(std::move(arn), std::move(stream));
}

void end_stream(State& state, const Definition& table) {
  if (!table.stream.enabled) return;
  Stream* stream = state.streams.change(table.stream.arn);
  stream->enabled = false;
  stream->last_sequence = state.sequence;
}

Json list_streams(Call& call, const State& state) {
  const std::size_t limit = limit_of(call, 100);
  const std::string* table = text_member(call.input(), "TableName");
  const std::string* start = text_member(call.input(), "ExclusiveStartStreamArn");
  if (start != nullptr && start->find("/stream/") == std::string::npos) {
    throw validation_error("Invalid StreamArn: " + *start);
  }
  Json list = Json::array();
  Json reply = Json::object();
  auto position = start == nullptr ? state.streams.begin() : state.streams.upper_bound(*start);
  for (; position != state.streams.end(); ++position) {
    const Stream& stream = position->second;
    if (table != nullptr && stream.table_name != table_name(*table)) continue;
    if (list.size() == limit) {
      reply["LastEvaluatedStreamArn"] = list.back()["StreamArn"];
      break;
    }
    list.push_back({{"StreamArn", stream.arn},
                    {"TableName", stream.table_name},
                    {"StreamLabel", stream.label}});
  }
  reply["Streams"] = std::move(list);
  return reply;
}

Json describe_stream(Call& call, const State& state) {
  const Stream& stream = stream_at(state, call.text("StreamArn"));
  Json description = {{"StreamArn", stream.arn},
                      {"StreamLabel", stream.label},
                      {"StreamStatus", stream.enabled ? "ENABLED" : "DISABLED"},
                      {"StreamViewType", stream.view_type},
                      {"CreationRequestDateTime", iso8601(stream.created)},
                      {"TableName", stream.table_name},
                      {"KeySchema", describe_key_schema(stream.table->keys)}};
  Json shards = Json::array();
  const std::string* start = text_member(call.input(), "ExclusiveStartShardId");
  const Json* filter = call.find("ShardFilter");
  if (filter != nullptr &&
      (text_member(*filter, "Type") == nullptr || text_member(*filter, "ShardId") == nullptr)) {
    throw validation_error("ShardFilter must have both a Type and a ShardId");
  }
  // A stream here has one shard, that never splits: no shard has children.
  if (filter == nullptr && (start == nullptr || *start < stream.shard_id)) {
    shards.push_back(shard_json(stream));
  }
  description["Shards"] = std::move(shards);
  return {{"StreamDescription", std::move(description)}};
}

Json get_shard_iterator(Call& call, const State& state) {
  const Stream& stream = stream_at(state, call.text("StreamArn"));
  const std::string& type = call.text("ShardIteratorType");
  const std::string* given = text_member(call.input(), "SequenceNumber");
  if (call.text("ShardId") != stream.shard_id) {
    throw resource_not_found("Requested resource not found: Shard does not exist");
  }
  const bool needs_sequence = type == "AT_SEQUENCE_NUMBER" || type == "AFTER_SEQUENCE_NUMBER";
  if (needs_sequence && given == nullptr) {
    throw validation_error("SequenceNumber is required for ShardIteratorType " + type);
  }
  if (!needs_sequence && given != nullptr) {
    throw validation_error("SequenceNumber must not be specified for ShardIteratorType " + type);
  }
  Position position{stream.arn, stream.first_sequence, call.now().time_since_epoch().count()};
  if (type == "LATEST") position.next = state.sequence + 1;
  if (needs_sequence) {
    const auto sequence = sequence_of(*given);
    if (!sequence) throw validation_error("Invalid SequenceNumber: " + *given);
    position.next = *sequence + (type == "AFTER_SEQUENCE_NUMBER" ? 1 : 0);
    if (position.next < stream.first_sequence) {
      throw validation_error("Invalid SequenceNumber: " + *given + " is before the shard's first");
    }
  }
  return {{"ShardIterator", iterator_text(position)}};
}

Json get_records(Call& call, const State& state) {
  Position position = read_iterator(call.text("ShardIterator"));
  const Stream& stream = stream_at(state, position.arn);
  const std::size_t limit = limit_of(call, 1000);
  if (call.now().time_since_epoch().count() - position.issued_ms >
      std::chrono::milliseconds(kIteratorLifetime).count()) {
    throw AwsError("ExpiredIteratorException",
                   "Iterator expired. The iterator was created at time " +
                       std::to_string(position.issued_ms) + " while right now it is " +
                       std::to_string(call.now().time_since_epoch().count()),
                   400);
  }
  Json records = Json::array();
  std::size_t bytes = 0;
  auto record = stream.records.lower_bound(position.next);
  for (; record != stream.records.end(); ++record) {
    if (records.size() == limit || bytes >= kMaxRecordBytes) break;
    if (call.now() - record->second.created > kRecordLifetime) continue;
    records.push_back(record_json(call, stream, record->first, record->second));
    bytes += record->second.bytes;
    position.next = record->first + 1;
  }
  Json reply = {{"Records", std::move(records)}};
  // An ended stream's shard has an end.
  if (stream.enabled || record != stream.records.end()) {
    position.issued_ms = call.now().time_since_epoch().count();
    reply["NextShardIterator"] = iterator_text(position);
  }
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb
