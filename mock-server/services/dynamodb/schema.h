// What a table is made of besides its items: keys, indexes, billing, tags, streams, time to live.
//
// The one idea: a Definition never changes; table operations make a new one. So a table's data
// points to it and copies of the table share it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/json.h"
#include "mock-server/services/dynamodb/attribute_value.h"

namespace cloudchamber::mock::dynamodb {

struct KeyAttribute {
  std::string name;
  Type type;  // kS, kN or kB
  friend bool operator==(const KeyAttribute&, const KeyAttribute&) = default;
};

// A table's key has one hash and at most one range attribute; a global index may have up to four of
// each.
struct KeySchema {
  std::vector<KeyAttribute> hash;
  std::vector<KeyAttribute> range;

  [[nodiscard]] const KeyAttribute* find(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return hash.size() + range.size(); }
  // f(attribute, is_hash) for each, hash first.
  template <class F>
  void each(F f) const {
    for (const KeyAttribute& attribute : hash) f(attribute, true);
    for (const KeyAttribute& attribute : range) f(attribute, false);
  }
};

enum class Projection { kAll, kKeysOnly, kInclude };

struct Throughput {
  std::int64_t read = 0;
  std::int64_t write = 0;
  std::optional<TimePoint> increased;
  std::optional<TimePoint> decreased;
  int decreases_today = 0;
};

// OnDemandThroughput and WarmThroughput: -1 where not given.
struct Limits {
  std::int64_t read = -1;
  std::int64_t write = -1;
};

struct Index {
  std::string name;
  bool global = true;
  KeySchema keys;
  Projection projection = Projection::kAll;
  std::vector<std::string> non_key_attributes;
  Throughput throughput;
  std::optional<Limits> on_demand;
  std::optional<Limits> warm;
};

struct StreamSettings {
  bool enabled = false;
  std::string view_type;
  std::string arn;    // of the latest stream; "" when there never was one
  std::string label;  // the time in its ARN
};

struct Definition {
  std::string name;
  std::string arn;
  std::string id;
  TimePoint created;
  std::vector<std::pair<std::string, Type>> attributes;  // AttributeDefinitions
  KeySchema keys;
  std::vector<Index> indexes;  // local ones first
  bool pay_per_request = false;
  std::optional<TimePoint> pay_per_request_since;
  bool billing_mode_told = false;  // was ever given: DescribeTable then tells it
  Throughput throughput;
  std::optional<Limits> on_demand;
  std::optional<Limits> warm;
  std::map<std::string, std::string> tags;
  StreamSettings stream;
  std::string ttl_attribute;  // "" when time to live is off
  std::optional<TimePoint> ttl_changed;
  std::string table_class;  // "" when never given
  std::string kms_key;      // "" without SSE
  bool deletion_protection = false;
  bool point_in_time_recovery = false;
  std::optional<TimePoint> recovery_since;
  std::int64_t recovery_days = 35;

  [[nodiscard]] const Index* find_index(std::string_view index_name) const;
  [[nodiscard]] std::optional<Type> type_of_attribute(std::string_view attribute) const;
  [[nodiscard]] bool has_local_indexes() const;
  [[nodiscard]] bool has_global_indexes() const;
};

// Whether reading the index gives this top-level attribute.
[[nodiscard]] bool projects(const Definition& table, const Index& index,
                            std::string_view attribute);
// The part of an item that an index holds.
[[nodiscard]] Json projected(const Definition& table, const Index& index, const Json& attributes);

}  // namespace cloudchamber::mock::dynamodb
