#include "mock-server/decode/http_bindings.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock-server/decode/signed_url.h"
#include "mock-server/decode/text_values.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The label's text, nothing where it is badly encoded or not UTF-8.
std::optional<std::string> decoded_label(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return std::nullopt;
  }
  std::string label = uri_decode(text);
  if (!is_utf8(label)) return std::nullopt;
  return label;
}

// One step of a path template or path: what stands before the next '/'.
std::string_view next_segment(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return segment;
}

// Matches "/a/{label}/{rest+}" against a path that is still encoded and gives the labels' texts,
// in order, still encoded. A greedy label takes what the segments behind it leave.
std::optional<std::vector<std::pair<std::string_view, std::string_view>>> labels(
    std::string_view wanted, std::string_view path) {
  std::vector<std::pair<std::string_view, std::string_view>> found;
  if (!wanted.empty() && wanted.front() == '/') wanted.remove_prefix(1);
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!wanted.empty()) {
    const std::string_view segment = next_segment(wanted);
    const bool label = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    if (label && segment[segment.size() - 2] == '+') {
      std::string_view taken = path;
      const auto behind = wanted.empty() ? 0 : 1 + std::count(wanted.begin(), wanted.end(), '/');
      for (std::ptrdiff_t i = 0; i < behind; ++i) {
        const std::size_t slash = taken.rfind('/');
        if (slash == std::string_view::npos) return std::nullopt;
        taken = taken.substr(0, slash);
      }
      path.remove_prefix(std::min(path.size(), taken.size() + 1));
      found.emplace_back(segment.substr(1, segment.size() - 3), taken);
      continue;
    }
    const std::string_view given = next_segment(path);
    if (label) {
      found.emplace_back(segment.substr(1, segment.size() - 2), given);
    } else if (uri_decode(given) != segment) {
      return std::nullopt;
    }
  }
  // "/bucket/" is the bucket, too.
  if (!path.empty()) return std::nullopt;
  return found;
}

// The elements of a list in a header: separated by commas, in quotes where one holds a comma. A
// date of RFC 822 has one, too. Nothing between two commas is no element.
std::vector<std::string> header_elements(const Member& element, std::string_view text) {
  std::vector<std::string> elements;
  const bool dates = element.shape->type == ShapeType::kTimestamp &&
                     element.timestamp() != TimestampFormat::kIso8601 &&
                     element.timestamp() != TimestampFormat::kUnix;
  std::size_t i = 0;
  while (i <= text.size()) {
    while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
    std::string one;
    const bool quoted = i < text.size() && text[i] == '"';
    if (quoted) {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        one += text[i];
      }
      i = std::min(text.find(',', i), text.size());
    } else {
      std::size_t end = text.find(',', i);
      if (dates && end != std::string_view::npos) end = text.find(',', end + 1);
      end = std::min(end, text.size());
      one = trimmed(text.substr(i, end - i));
      i = end;
    }
    if (quoted || !one.empty()) elements.push_back(std::move(one));
    ++i;
  }
  return elements;
}

class Bindings {
 public:
  Bindings(const HttpRefusals& refusals, const Operation& operation, const HttpRequest& request)
      : refusals_(refusals),
        operation_(operation),
        request_(request),
        of_signed_url_(headers_of_signed_url(request)),
        headers_(of_signed_url_ ? *of_signed_url_ : request.headers) {}

  Json read() {
    read_labels();
    for (const Member& member : operation_.input->members) {
      if (member.location == Location::kQueryString) read_query(member);
      if (member.location == Location::kHeader) read_header(member);
      if (member.location == Location::kHeaders) read_headers(member);
    }
    return std::move(members_);
  }

 private:
  Json value(const Member& member, std::string_view text) const {
    std::optional<Json> decoded = value_of_text(*member.shape, text);
    if (!decoded) throw refusals_.bad_value(member, text);
    return *std::move(decoded);
  }

  void read_labels() {
    std::string_view wanted = operation_.request_uri;
    wanted = wanted.substr(0, wanted.find('?'));
    const auto found = labels(wanted, request_.path());
    if (!found) throw refusals_.bad_uri();
    for (const auto& [name, text] : *found) {
      for (const Member& member : operation_.input->members) {
        if (member.location != Location::kUri || member.wire_name() != name) continue;
        const std::optional<std::string> label = decoded_label(text);
        if (!label) throw refusals_.bad_uri();
        members_[member.name] = value(member, *label);
      }
    }
  }

  const Pairs& query() {
    if (!query_) {
      query_ = parse_query(request_.query());
      for (const auto& [name, text] : *query_) {
        if (!is_utf8(name) || !is_utf8(text)) throw refusals_.bad_uri();
      }
    }
    return *query_;
  }

  void read_query(const Member& member) {
    const Shape& shape = *member.shape;
    if (shape.type == ShapeType::kMap) return read_query_map(member);
    for (const auto& [name, text] : query()) {
      if (name != member.wire_name()) continue;
      if (shape.type != ShapeType::kList) {
        members_[member.name] = value(member, text);
        return;
      }
      members_[member.name].push_back(value(shape.element, text));
    }
  }

  // All parameters of the query string.
  void read_query_map(const Member& member) {
    const Member& mapped = member.shape->value;
    for (const auto& [name, text] : query()) {
      Json& all = members_[member.name];
      if (mapped.shape->type == ShapeType::kList) {
        all[name].push_back(value(mapped.shape->element, text));
      } else if (!all.contains(name)) {
        all[name] = value(mapped, text);
      }
    }
  }

  void read_header(const Member& member) {
    const std::string* given = headers_.find(member.wire_name());
    if (given == nullptr) return;
    const std::string text = utf8_or_latin1(*given);
    const Shape& shape = *member.shape;
    if (shape.type == ShapeType::kList) {
      Json items = Json::array();
      for (const auto& [name, line] : headers_) {
        if (!equal_ignoring_case(name, member.wire_name()) || trimmed(line).empty()) continue;
        for (const std::string& one : header_elements(shape.element, utf8_or_latin1(line))) {
          items.push_back(value(shape.element, one));
        }
      }
      members_[member.name] = std::move(items);
      return;
    }
    if (member.json_value) {
      const std::optional<std::string> json = base64_decode(trimmed(text));
      if (!json || !is_utf8(*json)) throw refusals_.bad_value(member, text);
      members_[member.name] = *json;
      return;
    }
    if (shape.type != ShapeType::kString && trimmed(text).empty()) return;
    std::optional<Json> decoded = value_of_text(shape, text);
    if (decoded) {
      members_[member.name] = *std::move(decoded);
    } else if (shape.type != ShapeType::kTimestamp || is_amazons(member)) {
      throw refusals_.bad_value(member, text);
    }
    // A date in one of HTTP's own headers that is none is ignored: RFC 9110, section 13.1.3.
  }

  static bool is_amazons(const Member& member) {
    return equal_ignoring_case(std::string_view(member.wire_name()).substr(0, 6), "x-amz-");
  }

  // Every header that begins with the prefix. HTTP's names have no case: they come out lower.
  void read_headers(const Member& member) {
    const std::string_view prefix = member.location_name;
    for (const auto& [name, text] : headers_) {
      if (!equal_ignoring_case(std::string_view(name).substr(0, prefix.size()), prefix)) continue;
      const std::string key = lowered(utf8_or_latin1(std::string_view(name).substr(prefix.size())));
      Json& all = members_[member.name];
      if (all.contains(key)) {
        all[key] = all[key].get<std::string>() + "," + utf8_or_latin1(text);
      } else {
        all[key] = utf8_or_latin1(text);
      }
    }
  }

  const HttpRefusals& refusals_;
  const Operation& operation_;
  const HttpRequest& request_;
  std::optional<Headers> of_signed_url_;
  const Headers& headers_;
  Json members_ = Json::object();
  std::optional<Pairs> query_;
};

}  // namespace

Json decode_http_bindings(const HttpRefusals& refusals, const Operation& operation,
                          const HttpRequest& request) {
  if (operation.input == nullptr) return Json::object();
  return Bindings(refusals, operation, request).read();
}

const Member* payload_of(const Operation& operation) {
  if (operation.input == nullptr || operation.input->payload.empty()) return nullptr;
  return operation.input->find(operation.input->payload);
}

bool has_members_in_body(const Shape& input) {
  return input.payload.empty() &&
         std::any_of(input.members.begin(), input.members.end(),
                     [](const Member& member) { return member.location == Location::kBody; });
}

}  // namespace cloudchamber::mock
