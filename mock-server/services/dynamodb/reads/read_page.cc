#include "mock-server/services/dynamodb/reads/read_page.h"

#include <algorithm>
#include <array>

#include "mock-server/services/dynamodb/item_operations.h"
#include "mock-server/services/dynamodb/keys.h"
#include "mock-server/services/dynamodb/limits.h"
#include "mock-server/services/dynamodb/reads/starting_key.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {
namespace {

// PartiQL's projection: "a.b" gives {"b": ...}.
Json by_last_names(const Json& attributes, const std::vector<Path>& paths) {
  Json result = Json::object();
  for (const Path& path : paths) {
    if (const Json* found = find(attributes, path)) result[path.back().name] = *found;
  }
  return result;
}

// Reads a page: collects what the filter keeps until a limit is met.
class Page {
 public:
  Page(const ReadRequest& request, const ReadSource& source, TimePoint now)
      : request_(request), source_(source), now_(now) {}

  void read(const KeyRange& range) {
    if (source_.index == nullptr) {
      walk(source_.table->items, range,
           [&](const std::string& key, const Item& item) { return take(key, item); });
    } else {
      walk(source_.table->entries[source_.position], range,
           [&](const std::string& entry, const std::string& key) {
             return take(entry, *source_.table->items.find(key));
           });
    }
  }

  Json reply() {
    Json reply = {{"Count", count_}, {"ScannedCount", scanned_}};
    if (request_.select != "COUNT") reply["Items"] = std::move(items_);
    if (!last_key_.is_null()) reply["LastEvaluatedKey"] = std::move(last_key_);
    return reply;
  }

  // Capacity units: of a query one reading; of a scan one in each partition that it went through.
  [[nodiscard]] double units(const KeyRange& range) const {
    if (request_.key_conditions) return Consumed::read_units(total_bytes(), request_.consistent);
    // A new on-demand table has four partitions.
    const std::size_t partitions = source_.definition().pay_per_request ? 4 : 1;
    const auto partition_of = [&](std::string_view key) {
      return key.empty() ? 0 : static_cast<unsigned char>(key[0]) * partitions / 256;
    };
    const std::size_t first = partition_of(range.begin);
    std::size_t last = partition_of(last_entry_);
    if (last_key_.is_null()) {
      last = range.end.empty() ? partitions - 1 : partition_of(range.end);
      // An end at a partition's very beginning doesn't touch it.
      if (last > first && !range.end.empty() &&
          static_cast<unsigned char>(range.end[0]) * partitions % 256 == 0 &&
          range.end.find_first_not_of('\0', 1) == std::string::npos) {
        --last;
      }
    }
    std::vector<std::size_t> bytes(partitions, 0);
    for (std::size_t i = 0; i < bytes_by_lead_.size(); ++i) {
      bytes[i * partitions / 256] += bytes_by_lead_[i];
    }
    double units = 0;
    for (std::size_t i = first; i <= last && i < partitions; ++i) {
      units += Consumed::read_units(bytes[i], request_.consistent);
    }
    return units;
  }

  [[nodiscard]] std::size_t fetched_bytes() const { return fetched_bytes_; }

 private:
  template <class Map, class F>
  void walk(const Map& map, const KeyRange& range, F take_entry) {
    const auto begin = map.lower_bound(range.begin);
    const auto end = range.end.empty() ? map.end() : map.lower_bound(range.end);
    if (!range.end.empty() && range.end <= range.begin) return;
    if (request_.forward) {
      for (auto position = begin; position != end; ++position) {
        if (!take_entry(position->first, position->second)) return;
      }
    } else {
      for (auto position = end; position != begin;) {
        --position;
        if (!take_entry(position->first, position->second)) return;
      }
    }
  }

  // False when the page ends with this item.
  bool take(const std::string& entry, const Item& item) {
    if (is_expired(source_.definition(), *item.attributes, now_)) return true;
    ++scanned_;
    last_entry_ = entry;
    const bool partial = !source_.whole_items;
    if (source_.fetches()) fetched_bytes_ += item.bytes;
    std::optional<Json> part;
    if (partial) part = projected(source_.definition(), *source_.index, *item.attributes);
    const Json& seen = partial ? *part : *item.attributes;
    std::size_t bytes = partial ? size_of_attributes(seen) : item.bytes;
    if (source_.fetches()) {
      bytes = size_of_attributes(projected(source_.definition(), *source_.index, seen));
    }
    bytes_by_lead_[static_cast<unsigned char>(entry[0])] += bytes;
    bytes_ += bytes;
    if (request_.filter.keeps(seen)) {
      ++count_;
      if (request_.select != "COUNT") {
        items_.push_back(request_.paths
                             ? (request_.by_last_names ? by_last_names(seen, *request_.paths)
                                                       : project(seen, *request_.paths))
                         : partial ? std::move(*part)
                                   : *item.attributes);
      }
    }
    if (scanned_ < request_.limit && bytes_ < kMaxPageBytes) return true;
    last_key_ = start_key_of(source_, *item.attributes);
    return false;
  }

  [[nodiscard]] std::size_t total_bytes() const { return bytes_; }

  const ReadRequest& request_;
  const ReadSource& source_;
  TimePoint now_;
  Json items_ = Json::array();
  Json last_key_;
  std::string last_entry_;
  std::size_t count_ = 0;
  std::size_t scanned_ = 0;
  std::size_t bytes_ = 0;
  std::size_t fetched_bytes_ = 0;  // of items that a local index had to look up in its table
  std::array<std::size_t, 256> bytes_by_lead_{};  // by the first byte of the key: its partition
};

}  // namespace

Json read_page(const ReadRequest& request, const ReadSource& source, KeyRange range,
               TimePoint now) {
  if (request.start_key != nullptr) {
    std::string start = start_bytes(request, source);
    if (request.forward) {
      start += '\0';  // the next key there can be
      range.begin = std::max(range.begin, start);
    } else if (range.end.empty() || start < range.end) {
      range.end = std::move(start);
    }
  }
  Page page(request, source, now);
  page.read(range);
  Json reply = page.reply();
  if (wants_consumed(*request.input)) {
    Consumed consumed(source.definition());
    const double units = page.units(range);
    if (source.index == nullptr) {
      consumed.add_table(units);
    } else {
      consumed.add_index(*source.index, units);
      if (source.fetches()) {
        consumed.add_table(Consumed::read_units(page.fetched_bytes(), request.consistent));
      }
    }
    report_consumed(*request.input, consumed, reply);
  }
  return reply;
}

}  // namespace cloudchamber::mock::dynamodb
