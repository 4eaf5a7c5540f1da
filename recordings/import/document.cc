#include "recordings/import/document.h"

#include <charconv>

#include "sdk/codec/bytes.h"

namespace cloudchamber::recordings {

const Node* Node::find(std::string_view name) const {
  for (const auto& [key, value] : members)
    if (key == name) return &value;
  return nullptr;
}

const Node& Node::at(std::string_view name) const {
  if (!is_map()) throw Refusal(line, "no object that could have \"" + std::string(name) + "\"");
  if (const Node* const found = find(name)) return *found;
  throw Refusal(line, "\"" + std::string(name) + "\" is missing");
}

std::string Node::text(std::string_view what) const {
  if (is_text()) return std::string(bytes_of(scalar));
  if (kind == Kind::kScalar && (scalar.is_number() || scalar.is_boolean())) return scalar.dump();
  throw Refusal(line, std::string(what) + " is no text");
}

std::string Node::text_or_nothing(std::string_view what) const {
  return is_null() ? std::string() : text(what);
}

std::int64_t Node::integer(std::string_view what, std::int64_t least, std::int64_t most) const {
  const std::string written = kind == Kind::kScalar && !is_null() ? text(what) : "";
  std::int64_t value = 0;
  const char* const stop = written.data() + written.size();
  const auto [end, error] = std::from_chars(written.data(), stop, value);
  if (written.empty() || error != std::errc() || end != stop)
    throw Refusal(line, std::string(what) + " is no whole number");
  if (value < least || value > most)
    throw Refusal(line, std::string(what) + " is " + written + ", not from " +
                            std::to_string(least) + " to " + std::to_string(most));
  return value;
}

const std::vector<Node>& Node::list(std::string_view what) const {
  if (!is_list()) throw Refusal(line, std::string(what) + " is no list");
  return items;
}

const std::vector<Node::Member>& Node::map(std::string_view what) const {
  if (!is_map()) throw Refusal(line, std::string(what) + " is no object");
  return members;
}

Json Node::json() const {
  if (kind == Kind::kScalar) return scalar;
  if (kind == Kind::kList) {
    Json list = Json::array();
    for (const Node& item : items) list.push_back(item.json());
    return list;
  }
  Json map = Json::object();
  for (const auto& [name, value] : members) map[name] = value.json();
  return map;
}

}  // namespace cloudchamber::recordings
