// RestTable: which operation of a REST service a method, a path and a query mean.
//
// Made from the model's URI templates. More than one may fit ("PUT /{Bucket}/{Key+}" is PutObject,
// CopyObject, UploadPart...): the most specific one wins, by what the model states as fixed or
// required. Immutable, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/http.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

class RestTable {
 public:
  // The model must outlive the table.
  explicit RestTable(const ServiceModel& model);

  // The operation that the request means; `path_and_query` is its target or what stands for it.
  // Null when none does.
  [[nodiscard]] const Operation* find(std::string_view method, std::string_view path_and_query,
                                      const Headers& headers) const;

 private:
  struct Segment {
    enum Kind { kFixed, kLabel, kGreedy } kind;
    std::string text;
  };
  struct Pattern {
    const Operation* operation;
    std::vector<Segment> segments;
    std::vector<std::pair<std::string, std::optional<std::string>>> query;  // stated by the URI
    std::vector<std::string> required_query;
    std::vector<std::string> required_headers;
  };
  using Query = std::vector<std::pair<std::string_view, std::string_view>>;

  static Pattern pattern_of(const Operation& operation);
  static bool is_more_specific(const Pattern& a, const Pattern& b);
  static bool matches_path(const Pattern& pattern, std::string_view path);
  static bool matches_query(const Pattern& pattern, const Query& query);

  std::vector<Pattern> patterns_;  // the most specific first
};

}  // namespace cloudchamber::mock
