#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// Splits "a, "b,c", d" at its commas; an HTTP date holds one of its own.
class ListHeader {
 public:
  ListHeader(std::string_view text, bool dates) : left_(text), dates_(dates) {}

  [[nodiscard]] bool done() {
    left_.remove_prefix(std::min(left_.find_first_not_of(" \t,"), left_.size()));
    return left_.empty();
  }

  std::string next() {
    if (left_.front() == '"') return quoted();
    std::size_t end = left_.find(',');
    // "Mon, 16 Dec 2019 23:48:18 GMT", but not "2019-12-16T23:48:18Z" or "1576540098".
    const bool has_weekday = left_.front() < '0' || left_.front() > '9';
    if (dates_ && has_weekday && end != std::string_view::npos) end = left_.find(',', end + 1);
    std::string_view item = left_.substr(0, end);
    left_.remove_prefix(item.size());
    item = item.substr(0, item.find_last_not_of(" \t") + 1);
    return std::string(item);
  }

 private:
  std::string quoted() {
    std::string item;
    std::size_t at = 1;
    for (; at < left_.size() && left_[at] != '"'; ++at) {
      if (left_[at] == '\\' && at + 1 < left_.size()) ++at;
      item += left_[at];
    }
    left_.remove_prefix(std::min(at + 1, left_.size()));
    return item;
  }

  std::string_view left_;
  bool dates_;
};

Json read_list(const Member& element, std::string_view text) {
  Json list = Json::array();
  for (ListHeader header(text, element.shape->type == ShapeType::kTimestamp); !header.done();)
    if (Json value = read_text(element, header.next()); !value.is_null())
      list.push_back(std::move(value));
  return list;
}

Json read_header(const Member& member, std::string_view text) {
  if (member.shape->type == ShapeType::kList) return read_list(member.shape->element, text);
  if (member.json_value) {
    auto decoded = base64_decode(text);
    if (!decoded) throw ResponseParserError(member.name + " is not base64");
    return *std::move(decoded);
  }
  if (member.shape->type != ShapeType::kTimestamp) return read_text(member, text);
  // Whoever put an object into S3 may have given it any text as its date of expiry.
  try {
    return read_text(member, text);
  } catch (const ResponseParserError&) {
    return nullptr;
  }
}

Json read_prefixed(const Member& member, const Headers& headers) {
  Json map = Json::object();
  for (const auto& [name, value] : headers)
    if (starts_with(name, member.location_name))
      map[name.substr(member.location_name.size())] = value;
  return map;
}

}  // namespace

void read_headers(const Shape& shape, const HttpResponse& response, Json& result) {
  for (const Member& member : shape.members) {
    if (member.location == Location::kStatusCode) {
      result[member.name] = response.status;
    } else if (member.location == Location::kHeaders) {
      result[member.name] = read_prefixed(member, response.headers);
    } else if (member.location == Location::kHeader) {
      const std::string* text = response.headers.find(member.wire_name());
      if (text == nullptr) continue;
      if (Json value = read_header(member, *text); !value.is_null())
        result[member.name] = std::move(value);
    }
  }
}

bool is_in_body(const Member& member) {
  return member.location == Location::kBody || member.location == Location::kUri ||
         member.location == Location::kQueryString;
}

const Member* payload_member(const Shape& output) {
  return output.payload.empty() ? nullptr : output.find(output.payload);
}

bool read_raw_payload(const Reply& reply, const Member& payload, Json& result) {
  const ShapeType type = payload.shape->type;
  if (type != ShapeType::kBlob && type != ShapeType::kString) return false;
  if (payload.streaming || reply.body.empty()) return true;
  if (type == ShapeType::kBlob)
    result[payload.name] = binary(reply.body);
  else
    result[payload.name] = reply.body;
  return true;
}

}  // namespace cloudchamber::parsing
