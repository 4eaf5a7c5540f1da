#include "mock-server/route/rest_table.h"

#include <algorithm>
#include <tuple>

namespace cloudchamber::mock {
namespace {

// "x-id" names the operation for the reader's sake; clients may leave it out.
constexpr std::string_view kOperationId = "x-id";

template <class Visit>
void for_each_piece(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

std::pair<std::string_view, std::optional<std::string_view>> split_pair(std::string_view piece) {
  const std::size_t equals = piece.find('=');
  if (equals == std::string_view::npos) return {piece, std::nullopt};
  return {piece.substr(0, equals), piece.substr(equals + 1)};
}

}  // namespace

RestTable::RestTable(const ServiceModel& model) {
  for (const Operation* operation : model.operations()) patterns_.push_back(pattern_of(*operation));
  std::stable_sort(patterns_.begin(), patterns_.end(), is_more_specific);
}

RestTable::Pattern RestTable::pattern_of(const Operation& operation) {
  Pattern pattern{.operation = &operation};
  const std::string_view uri = operation.request_uri;
  const std::size_t mark = uri.find('?');
  for_each_piece(uri.substr(0, mark), '/', [&](std::string_view piece) {
    if (piece.empty()) return;
    if (piece.front() != '{')
      pattern.segments.push_back({Segment::kFixed, std::string(piece)});
    else
      pattern.segments.push_back({piece.ends_with("+}") ? Segment::kGreedy : Segment::kLabel, ""});
  });
  if (mark != std::string_view::npos) {
    for_each_piece(uri.substr(mark + 1), '&', [&](std::string_view piece) {
      const auto [name, value] = split_pair(piece);
      if (name == kOperationId) return;
      pattern.query.emplace_back(name, value);
    });
  }
  if (operation.input == nullptr) return pattern;
  for (const Member& member : operation.input->members) {
    if (!member.required) continue;
    if (member.location == Location::kQueryString)
      pattern.required_query.push_back(member.wire_name());
    // Where the URI already tells the operation from others, a header left out is the caller's
    // fault, which its decoder names; elsewhere (x-amz-copy-source) it means another operation.
    if (member.location == Location::kHeader && pattern.query.empty())
      pattern.required_headers.push_back(member.wire_name());
  }
  return pattern;
}

bool RestTable::is_more_specific(const Pattern& a, const Pattern& b) {
  const auto rank = [](const Pattern& pattern) {
    std::size_t fixed = 0;
    std::size_t stated = 0;
    for (const Segment& segment : pattern.segments) fixed += segment.kind == Segment::kFixed;
    for (const auto& [name, value] : pattern.query) stated += value ? 2 : 1;
    return std::tuple(fixed, stated,
                      pattern.required_query.size() + pattern.required_headers.size(),
                      !pattern.operation->deprecated);
  };
  return rank(a) > rank(b);
}

bool RestTable::matches_path(const Pattern& pattern, std::string_view path) {
  if (path.empty() || path.front() != '/') return false;
  path.remove_prefix(1);
  for (const Segment& segment : pattern.segments) {
    if (segment.kind == Segment::kGreedy) return !path.empty();
    const std::size_t end = path.find('/');
    const std::string_view piece = path.substr(0, end);
    if (segment.kind == Segment::kFixed && piece != segment.text) return false;
    // A label may be empty only where more of the path follows: "//key" names no bucket, but is no
    // call of the service itself either.
    if (piece.empty() && end == std::string_view::npos) return false;
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return path.empty();
}

bool RestTable::matches_query(const Pattern& pattern, const Query& query) {
  const auto find = [&](std::string_view name) {
    return std::find_if(query.begin(), query.end(),
                        [&](const auto& pair) { return pair.first == name; });
  };
  for (const auto& [name, value] : pattern.query) {
    const auto found = find(name);
    if (found == query.end() || (value && *value != found->second)) return false;
  }
  return std::all_of(pattern.required_query.begin(), pattern.required_query.end(),
                     [&](const std::string& name) { return find(name) != query.end(); });
}

const Operation* RestTable::find(std::string_view method, std::string_view path_and_query,
                                 const Headers& headers) const {
  const std::size_t mark = path_and_query.find('?');
  const std::string_view path = path_and_query.substr(0, mark);
  Query query;
  std::string_view named;
  if (mark != std::string_view::npos) {
    for_each_piece(path_and_query.substr(mark + 1), '&', [&](std::string_view piece) {
      const auto [name, value] = split_pair(piece);
      query.emplace_back(name, value.value_or(std::string_view()));
      if (name == kOperationId) named = query.back().second;
    });
  }
  const Operation* first = nullptr;
  for (const Pattern& pattern : patterns_) {
    if (pattern.operation->http_method != method || !matches_query(pattern, query) ||
        !matches_path(pattern, path) ||
        !std::all_of(pattern.required_headers.begin(), pattern.required_headers.end(),
                     [&](const std::string& name) { return headers.contains(name); }))
      continue;
    if (named.empty() || pattern.operation->name == named) return pattern.operation;
    if (first == nullptr) first = pattern.operation;
  }
  return first;
}

}  // namespace cloudchamber::mock
