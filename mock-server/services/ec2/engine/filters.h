// Filters: the `Filters` of a Describe call, resolved once and then asked of every resource.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mock-server/services/ec2/engine/kind.h"
#include "mock-server/services/ec2/engine/paths.h"

namespace cloudchamber::mock::ec2 {

// Whether `text` matches a filter's value: * stands for any characters, ? for one, a backslash
// takes what follows literally.
[[nodiscard]] bool matches_wildcards(std::string_view pattern, std::string_view text);

class Filters {
 public:
  // Of the call's Filters (or Filter). Throws InvalidParameterValue for a name that the kind does
  // not have and FilterLimitExceeded.
  Filters(const Call& call, const Kind& kind);
  // Of fields that belong to no kind: `fields` alone, without tags.
  Filters(const Json& input, std::span<const FilterField> fields);

  // All filters hold: of each, one value matches one of the filter's values.
  [[nodiscard]] bool accept(const View& view, const Kind& kind, const std::string& id,
                            const Resource& resource) const;
  // For rows that are no resources: fields with paths into `shown`.
  [[nodiscard]] bool accept(const Json& shown) const;

  [[nodiscard]] bool empty() const { return filters_.empty(); }

 private:
  enum class What { kField, kTag, kTagKey, kTagValue };
  struct Value {
    std::string text;
    bool has_wildcards;
  };
  struct Filter {
    What what;
    const FilterField* field;  // of kField
    Path path;                 // of kField with a path
    std::string tag;           // of kTag: the key
    std::vector<Value> values;
  };

  void read(const Json& input, std::span<const FilterField> fields, bool tags);
  static bool any_text(const Filter& filter, std::string_view text);
  static bool any_value(const Filter& filter, const Json& value);
  static bool holds_for_tags(const Filter& filter, const Tags& tags);

  std::vector<Filter> filters_;
};

}  // namespace cloudchamber::mock::ec2
