// OrderedValue: a JSON text with the members of its objects in the order of the text, which the
// order of a request's parameters hangs on. Only for reading models: it builds in linear time,
// where nlohmann's ordered_json searches an object for every key it adds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber {

struct OrderedValue {
  struct Field;
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  bool boolean = false;
  bool integral = false;
  double number = 0;
  std::string text;
  std::vector<OrderedValue> items;
  std::vector<Field> fields;

  // The member of that name, else null; null for anything but an object.
  [[nodiscard]] const OrderedValue* find(std::string_view key) const;

  // The member's value where it is there and of that type, else a default.
  [[nodiscard]] const std::string& text_of(std::string_view key) const;
  [[nodiscard]] bool flag_of(std::string_view key) const;
  [[nodiscard]] int int_of(std::string_view key) const;

  [[nodiscard]] Json to_json() const;
};

struct OrderedValue::Field {
  std::string key;
  OrderedValue value;
};

// Throws ModelError when `text` is no JSON or nests deeper than any model does.
[[nodiscard]] OrderedValue parse_ordered(std::string_view text);

}  // namespace cloudchamber
