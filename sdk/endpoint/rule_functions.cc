#include "sdk/endpoint/rule_functions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "sdk/codec/uri.h"
#include "sdk/endpoint/partitions.h"

namespace cloudchamber {
namespace {

using Arguments = std::span<const RuleValue>;

bool flag_of(const RuleValue& value) {
  const bool* flag = std::get_if<bool>(&value);
  return flag != nullptr && *flag;
}

RuleValue record(std::vector<std::pair<std::string_view, RuleValue>> fields) {
  return std::make_shared<const RuleRecord>(RuleRecord{std::move(fields)});
}

template <class Visit>
void for_each_piece(std::string_view text, std::string_view separators, Visit visit) {
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

bool are_host_labels(std::string_view text, bool several) {
  if (!several) return is_host_label(text);
  bool all = true;
  for_each_piece(text, ".", [&](std::string_view label) { all = all && is_host_label(label); });
  return all;
}

// "192.168.1.1", "[::1]".
bool is_ip(std::string_view host) {
  if (host.starts_with('[')) return true;
  int parts = 0;
  bool numbers = true;
  for_each_piece(host, ".", [&](std::string_view part) {
    ++parts;
    int number = -1;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    numbers = numbers && error == std::errc() && end == part.data() + part.size() && number >= 0 &&
              number <= 255;
  });
  return parts == 4 && numbers;
}

RuleValue negate(Arguments a) { return !holds(a[0]); }
RuleValue boolean_equals(Arguments a) { return holds(a[0]) == holds(a[1]); }
RuleValue string_equals(Arguments a) {
  return is_set(a[0]) && is_set(a[1]) && text_of(a[0]) == text_of(a[1]);
}

// substring(text, start, stop, from the end?)
RuleValue substring(Arguments a) {
  const std::string& text = text_of(a[0]);
  const std::size_t start = std::stoul(text_of(a[1])), stop = std::stoul(text_of(a[2]));
  if (start >= stop || stop > text.size() || std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x7F;
      }))
    return {};
  return flag_of(a[3]) ? text.substr(text.size() - stop, stop - start)
                       : text.substr(start, stop - start);
}

RuleValue encode_uri(Arguments a) { return uri_encode(text_of(a[0])); }

RuleValue partition(Arguments a) { return partition_of(text_of(a[0])).record; }

RuleValue is_valid_host_label(Arguments a) { return are_host_labels(text_of(a[0]), flag_of(a[1])); }

RuleValue parse_url(Arguments a) {
  std::string_view url = text_of(a[0]);
  const std::size_t colon = url.find("://");
  const std::string_view scheme = url.substr(0, colon);
  if (colon == std::string_view::npos || (scheme != "http" && scheme != "https") ||
      url.find('?') != std::string_view::npos)
    return {};
  url.remove_prefix(colon + 3);
  const std::size_t slash = url.find('/');
  const std::string_view authority = url.substr(0, slash);
  std::string path(slash == std::string_view::npos ? std::string_view() : url.substr(slash));
  std::string_view host = authority;
  const std::size_t port = authority.rfind(':');
  if (port != std::string_view::npos && authority.find(']', port) == std::string_view::npos) {
    const std::string_view digits = authority.substr(port + 1);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
    host = authority.substr(0, port);
  }
  if (host.empty()) return {};
  std::string normalized = path.starts_with('/') ? path : "/" + path;
  if (!normalized.ends_with('/')) normalized.push_back('/');
  return record({{"scheme", std::string(scheme)},
                 {"authority", std::string(authority)},
                 {"path", std::move(path)},
                 {"normalizedPath", std::move(normalized)},
                 {"isIp", is_ip(host)}});
}

// arn:partition:service:region:account:resource
RuleValue parse_arn(Arguments a) {
  std::string_view rest = text_of(a[0]);
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return {};
    part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || rest.empty()) return {};
  std::vector<std::string> resource;
  for_each_piece(rest, ":/", [&](std::string_view piece) { resource.emplace_back(piece); });
  return record({{"partition", std::string(parts[1])},
                 {"service", std::string(parts[2])},
                 {"region", std::string(parts[3])},
                 {"accountId", std::string(parts[4])},
                 {"resourceId", std::move(resource)}});
}

RuleValue is_virtual_hostable_bucket(Arguments a) {
  const std::string& bucket = text_of(a[0]);
  if (bucket.size() < 3 || bucket.size() > 63 || is_ip(bucket)) return false;
  bool labels = flag_of(a[1]) || bucket.find('.') == std::string::npos;
  for_each_piece(bucket, ".", [&](std::string_view label) {
    labels = labels && is_host_label(label) &&
             std::none_of(label.begin(), label.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  });
  return labels;
}

RuleValue coalesce(Arguments a) { return is_set(a[0]) ? a[0] : a[1]; }
RuleValue if_then_else(Arguments a) { return holds(a[0]) ? a[1] : a[2]; }

// split(text, separator, most pieces, 0 for all)
RuleValue split(Arguments a) {
  const std::string &text = text_of(a[0]), &separator = text_of(a[1]);
  const std::size_t most = std::stoul(text_of(a[2]));
  std::vector<std::string> pieces;
  std::size_t at = 0;
  while (most == 0 || pieces.size() + 1 < most) {
    const std::size_t end = text.find(separator, at);
    if (end == std::string::npos || separator.empty()) break;
    pieces.push_back(text.substr(at, end - at));
    at = end + separator.size();
  }
  pieces.push_back(text.substr(at));
  return pieces;
}

constexpr std::array<std::pair<std::string_view, NamedRuleFunction>, 13> kFunctions = {{
    {"not", {negate, 1}},
    {"booleanEquals", {boolean_equals, 2}},
    {"stringEquals", {string_equals, 2}},
    {"substring", {substring, 4}},
    {"uriEncode", {encode_uri, 1}},
    {"aws.partition", {partition, 1}},
    {"isValidHostLabel", {is_valid_host_label, 2}},
    {"parseURL", {parse_url, 1}},
    {"aws.parseArn", {parse_arn, 1}},
    {"aws.isVirtualHostableS3Bucket", {is_virtual_hostable_bucket, 2}},
    {"coalesce", {coalesce, 2}},
    {"ite", {if_then_else, 3}},
    {"split", {split, 3}},
}};

}  // namespace

NamedRuleFunction rule_function(std::string_view name) {
  for (const auto& [known, function] : kFunctions)
    if (known == name) return function;
  return {};
}

std::vector<RuleStep> parse_rule_path(std::string_view path) {
  std::vector<RuleStep> steps;
  for_each_piece(path, ".", [&](std::string_view piece) {
    const std::size_t bracket = piece.find('[');
    RuleStep step{.name = std::string(piece.substr(0, bracket)), .index = std::nullopt};
    if (bracket != std::string_view::npos) {
      std::size_t index = 0;
      std::from_chars(piece.data() + bracket + 1, piece.data() + piece.size(), index);
      step.index = index;
    }
    steps.push_back(std::move(step));
  });
  return steps;
}

RuleValue get_attribute(const RuleValue& value, std::span<const RuleStep> steps) {
  const RuleValue* at = &value;
  for (const RuleStep& step : steps) {
    if (!step.name.empty()) {
      const auto* const parts = std::get_if<std::shared_ptr<const RuleRecord>>(at);
      at = parts == nullptr ? nullptr : (*parts)->find(step.name);
      if (at == nullptr) return {};
    }
    if (!step.index) continue;
    // Elements are texts: nothing lies behind them.
    const auto* const list = std::get_if<std::vector<std::string>>(at);
    if (list == nullptr || *step.index >= list->size()) return {};
    return (*list)[*step.index];
  }
  return *at;
}

}  // namespace cloudchamber
