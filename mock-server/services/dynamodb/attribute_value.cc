#include "mock-server/services/dynamodb/attribute_value.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/limits.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::dynamodb {
namespace {

constexpr std::array<std::string_view, 10> kTypeNames = {"S",  "N",  "B",  "BOOL", "NULL",
                                                         "SS", "NS", "BS", "L",    "M"};

bool is_text(const Json& value) { return value.is_string(); }
bool is_bytes(const Json& value) { return value.is_binary() || value.is_string(); }

AwsError empty_value() {
  return validation_error(
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

std::string printed_element(const Json& element) {
  if (element.is_binary()) return base64_encode(bytes_of_element(element));
  return std::string(bytes_of_element(element));
}

std::string canonical_number(std::string_view text) {
  if (is_canonical_number(text)) return std::string(text);
  return Number::parse(text).text();
}

// What tells elements of a set apart.
std::string identity(Type type, const Json& element) {
  return type == Type::kNs ? canonical_number(bytes_of_element(element))
                           : std::string(bytes_of_element(element));
}

std::unordered_set<std::string> identities(Type type, const Json& set) {
  std::unordered_set<std::string> all;
  all.reserve(set.size());
  for (const Json& element : set) all.insert(identity(type, element));
  return all;
}

void check_set(Type type, const Json& set, Json* out) {
  if (set.empty()) {
    throw invalid_parameter(type == Type::kSs   ? "An string set  may not be empty"
                            : type == Type::kNs ? "An number set  may not be empty"
                                                : "Binary sets should not be empty");
  }
  Json result = Json::array();
  std::unordered_set<std::string> seen;
  bool duplicates = false;
  for (const Json& element : set) {
    std::string id = identity(type, element);
    if (out != nullptr) result.push_back(type == Type::kNs ? Json(id) : element);
    duplicates = !seen.insert(std::move(id)).second || duplicates;
  }
  if (duplicates) {
    if (type == Type::kNs) throw validation_error("Input collection contains duplicates");
    std::string list;
    for (const Json& element : set) list += (list.empty() ? "" : ", ") + printed_element(element);
    throw invalid_parameter(
        "Input collection [" + list +
        (type == Type::kBs ? "]of type BS contains duplicates." : "] contains duplicates."));
  }
  if (out != nullptr) *out = std::move(result);
}

// Checks `value`; copies it to `out` unless that is null. `level`: containers around it.
void check(const Json& value, Json* out, int level) {
  if (!value.is_object() || value.empty()) throw empty_value();
  const auto& member = *value.get_ptr<const Json::object_t*>()->begin();
  const Json& content = member.second;
  const std::optional<Type> type = type_of_name(member.first);
  if (!type) throw empty_value();
  Json copy;
  Json* content_out = out == nullptr ? nullptr : &copy;
  const auto mistyped = [] { return validation_error("Unexpected value type in payload"); };
  switch (*type) {
    case Type::kS:
      if (!is_text(content)) throw mistyped();
      if (out != nullptr) copy = content;
      break;
    case Type::kN:
      if (!is_text(content)) throw mistyped();
      if (out != nullptr) {
        copy = canonical_number(bytes_of_element(content));
      } else if (!is_canonical_number(bytes_of_element(content))) {
        static_cast<void>(Number::parse(bytes_of_element(content)));
      }
      break;
    case Type::kB:
      if (!is_bytes(content)) throw mistyped();
      if (out != nullptr) {
        copy = content.is_binary()
                   ? content
                   : Json::binary(std::vector<std::uint8_t>(bytes_of_element(content).begin(),
                                                            bytes_of_element(content).end()));
      }
      break;
    case Type::kBool:
      if (!content.is_boolean()) throw mistyped();
      if (out != nullptr) copy = content;
      break;
    case Type::kNull:
      if (!content.is_boolean()) throw mistyped();
      if (!content.get<bool>()) {
        throw invalid_parameter("Null attribute value types must have the value of true");
      }
      if (out != nullptr) copy = content;
      break;
    case Type::kSs:
    case Type::kNs:
    case Type::kBs:
      if (!content.is_array() ||
          !std::all_of(content.begin(), content.end(), *type == Type::kBs ? is_bytes : is_text)) {
        throw mistyped();
      }
      check_set(*type, content, content_out);
      break;
    case Type::kL:
    case Type::kM: {
      if (level >= kMaxNestingLevels) {
        throw validation_error(
            "Nesting Levels have exceeded supported limits: Attributes may be nested up to " +
            std::to_string(kMaxNestingLevels) + " levels deep");
      }
      if (*type == Type::kL) {
        if (!content.is_array()) throw mistyped();
        if (out != nullptr) {
          copy = Json::array();
          copy.get_ptr<Json::array_t*>()->reserve(content.size());
        }
        for (const Json& element : content) {
          Json* target = nullptr;
          if (out != nullptr) target = &copy.get_ptr<Json::array_t*>()->emplace_back();
          check(element, target, level + 1);
        }
        break;
      }
      if (!content.is_object()) throw mistyped();
      if (out != nullptr) copy = Json::object();
      for (const auto& [name, element] : *content.get_ptr<const Json::object_t*>()) {
        check_attribute_name(name);
        Json* target = nullptr;
        if (out != nullptr) {
          auto* object = copy.get_ptr<Json::object_t*>();
          target = &object->emplace_hint(object->end(), name, nullptr)->second;
        }
        check(element, target, level + 1);
      }
      break;
    }
  }
  if (value.size() > 1) {
    throw validation_error(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
        "supported datatypes");
  }
  if (out != nullptr) {
    *out = Json::object();
    out->get_ptr<Json::object_t*>()->emplace(member.first, std::move(copy));
  }
}

bool equal_sets(Type type, const Json& a, const Json& b) {
  if (a.size() != b.size()) return false;
  const std::unordered_set<std::string> ids = identities(type, a);
  return std::all_of(b.begin(), b.end(),
                     [&](const Json& element) { return ids.count(identity(type, element)) != 0; });
}

}  // namespace

std::string_view type_name(Type type) { return kTypeNames[static_cast<std::size_t>(type)]; }

std::optional<Type> type_of_name(std::string_view name) {
  const auto* found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<Type>(found - kTypeNames.begin());
}

Type type_of(const Json& value) {
  const std::string& name = value.get_ptr<const Json::object_t*>()->begin()->first;
  switch (name[0]) {
    case 'S':
      return name.size() == 1 ? Type::kS : Type::kSs;
    case 'N':
      return name.size() == 1 ? Type::kN : name.size() == 2 ? Type::kNs : Type::kNull;
    case 'B':
      return name.size() == 1 ? Type::kB : name.size() == 2 ? Type::kBs : Type::kBool;
    case 'L':
      return Type::kL;
    default:
      return Type::kM;
  }
}

const Json& content_of(const Json& value) {
  return value.get_ptr<const Json::object_t*>()->begin()->second;
}

std::string_view bytes_of_element(const Json& element) {
  if (const auto* text = element.get_ptr<const Json::string_t*>()) return *text;
  if (const auto* bytes = element.get_ptr<const Json::binary_t*>()) {
    if (bytes->empty()) return {};
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
  }
  return {};
}

std::string_view bytes_of_scalar(const Json& value) { return bytes_of_element(content_of(value)); }

Number number_of(const Json& value) { return Number::parse(bytes_of_scalar(value)); }

Json stored_value(const Json& value) {
  Json copy;
  check(value, &copy, 0);
  return copy;
}

void check_value(const Json& value) { check(value, nullptr, 0); }

Json stored_attributes(const Json& attributes) {
  Json copy = Json::object();
  auto* object = copy.get_ptr<Json::object_t*>();
  for (const auto& [name, value] : *attributes.get_ptr<const Json::object_t*>()) {
    check_attribute_name(name);
    check(value, &object->emplace_hint(object->end(), name, nullptr)->second, 0);
  }
  return copy;
}

void check_attributes(const Json& attributes) {
  for (const auto& [name, value] : *attributes.get_ptr<const Json::object_t*>()) {
    check_attribute_name(name);
    check(value, nullptr, 0);
  }
}

void check_attribute_name(std::string_view name) {
  if (name.empty()) throw invalid_parameter("Empty attribute name");
  if (name.size() > kMaxAttributeNameBytes) {
    throw invalid_parameter(
        "Attribute name is too large, must be less than or equal to 65535 bytes");
  }
}

bool equal(const Json& a, const Json& b) {
  const Type type = type_of(a);
  if (type != type_of(b)) return false;
  const Json& left = content_of(a);
  const Json& right = content_of(b);
  switch (type) {
    case Type::kS:
    case Type::kB:
      return bytes_of_element(left) == bytes_of_element(right);
    case Type::kN:
      return bytes_of_element(left) == bytes_of_element(right) || number_of(a) == number_of(b);
    case Type::kBool:
    case Type::kNull:
      return left == right;
    case Type::kSs:
    case Type::kNs:
    case Type::kBs:
      return equal_sets(type, left, right);
    case Type::kL:
      return std::equal(left.begin(), left.end(), right.begin(), right.end(), equal);
    case Type::kM: {
      const auto& x = *left.get_ptr<const Json::object_t*>();
      const auto& y = *right.get_ptr<const Json::object_t*>();
      return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& m, const auto& n) {
        return m.first == n.first && equal(m.second, n.second);
      });
    }
  }
  return false;
}

std::optional<std::strong_ordering> compare(const Json& a, const Json& b) {
  const Type type = type_of(a);
  if (type != type_of(b)) return std::nullopt;
  if (type == Type::kN) return number_of(a) <=> number_of(b);
  if (type != Type::kS && type != Type::kB) return std::nullopt;
  // char_traits<char> compares as unsigned bytes: for UTF-8 the order of code points.
  return bytes_of_scalar(a).compare(bytes_of_scalar(b)) <=> 0;
}

bool contains(const Json& container, const Json& element) {
  const Type outer = type_of(container);
  const Type inner = type_of(element);
  const Json& content = content_of(container);
  const auto holds = [&](Type set) {
    const std::string id = identity(set, content_of(element));
    return std::any_of(content.begin(), content.end(),
                       [&](const Json& member) { return identity(set, member) == id; });
  };
  switch (outer) {
    case Type::kS:
    case Type::kB:
      return inner == outer &&
             bytes_of_element(content).find(bytes_of_scalar(element)) != std::string_view::npos;
    case Type::kSs:
      return inner == Type::kS && holds(outer);
    case Type::kNs:
      return inner == Type::kN && holds(outer);
    case Type::kBs:
      return inner == Type::kB && holds(outer);
    case Type::kL:
      return std::any_of(content.begin(), content.end(),
                         [&](const Json& member) { return equal(member, element); });
    default:
      return false;
  }
}

bool begins_with(const Json& value, const Json& prefix) {
  const Type type = type_of(value);
  if (type != type_of(prefix) || (type != Type::kS && type != Type::kB)) return false;
  return bytes_of_scalar(value).substr(0, bytes_of_scalar(prefix).size()) ==
         bytes_of_scalar(prefix);
}

Json set_union(const Json& a, const Json& b) {
  const Type type = type_of(a);
  std::unordered_set<std::string> ids = identities(type, content_of(a));
  Json result = content_of(a);
  for (const Json& element : content_of(b)) {
    std::string id = identity(type, element);
    if (!ids.insert(id).second) continue;
    result.push_back(type == Type::kNs ? Json(std::move(id)) : element);
  }
  return Json{{std::string(type_name(type)), std::move(result)}};
}

Json set_difference(const Json& a, const Json& b) {
  const Type type = type_of(a);
  const std::unordered_set<std::string> taken = identities(type, content_of(b));
  Json result = Json::array();
  for (const Json& element : content_of(a)) {
    if (taken.count(identity(type, element)) == 0) result.push_back(element);
  }
  if (result.empty()) return nullptr;
  return Json{{std::string(type_name(type)), std::move(result)}};
}

std::size_t size_of(const Json& value) {
  const Json& content = content_of(value);
  switch (type_of(value)) {
    case Type::kS:
    case Type::kB:
      return bytes_of_element(content).size();
    case Type::kN:
      return number_of(value).stored_bytes();
    case Type::kBool:
    case Type::kNull:
      return 1;
    case Type::kSs:
    case Type::kBs: {
      std::size_t bytes = 0;
      for (const Json& element : content) bytes += bytes_of_element(element).size();
      return bytes;
    }
    case Type::kNs: {
      std::size_t bytes = 0;
      for (const Json& element : content) {
        bytes += Number::parse(bytes_of_element(element)).stored_bytes();
      }
      return bytes;
    }
    case Type::kL: {
      std::size_t bytes = 3;
      for (const Json& element : content) bytes += 1 + size_of(element);
      return bytes;
    }
    case Type::kM: {
      std::size_t bytes = 3;
      for (const auto& [name, element] : *content.get_ptr<const Json::object_t*>()) {
        bytes += 1 + name.size() + size_of(element);
      }
      return bytes;
    }
  }
  return 0;
}

std::size_t size_of_attributes(const Json& attributes) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : *attributes.get_ptr<const Json::object_t*>()) {
    bytes += name.size() + size_of(value);
  }
  return bytes;
}

std::string printed(const Json& value) {
  const Type type = type_of(value);
  const Json& content = content_of(value);
  std::string inner;
  switch (type) {
    case Type::kS:
    case Type::kN:
    case Type::kB:
      inner = printed_element(content);
      break;
    case Type::kSs:
    case Type::kNs:
    case Type::kBs:
      for (const Json& element : content) {
        inner += (inner.empty() ? "" : ", ") + printed_element(element);
      }
      inner = "[" + inner + "]";
      break;
    default:
      inner = content.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return "{" + std::string(type_name(type)) + ":" + inner + "}";
}

}  // namespace cloudchamber::mock::dynamodb
