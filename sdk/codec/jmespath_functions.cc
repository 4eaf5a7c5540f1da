#include "sdk/codec/jmespath_functions.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

using Arguments = std::vector<JmesPathArgument>;
using Apply = JmesPathApply;

enum Type : unsigned {
  kNumber = 1,
  kString = 2,
  kBoolean = 4,
  kArray = 8,
  kObject = 16,
  kNull = 32,
  kExpression = 64,
  kNumbers = 128,  // an array of nothing else
  kStrings = 256,
  kAny = kNumber | kString | kBoolean | kArray | kObject | kNull,
};

[[noreturn]] void invalid_type(std::string_view function, const std::string& what) {
  throw JmesPathError("invalid-type", std::string(function) + "(): " + what);
}

unsigned type_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return kNumber;
    case Json::value_t::string:
    case Json::value_t::binary:
      return kString;
    case Json::value_t::boolean:
      return kBoolean;
    case Json::value_t::array:
      return kArray;
    case Json::value_t::object:
      return kObject;
    default:
      return kNull;
  }
}

bool all_of_type(const Json& array, unsigned type) {
  return std::all_of(array.begin(), array.end(),
                     [type](const Json& element) { return type_of(element) == type; });
}

bool is_one_of(const JmesPathArgument& argument, unsigned types) {
  if (argument.expression != nullptr) return (types & kExpression) != 0;
  const Json& value = *argument.value;
  if ((types & type_of(value)) != 0) return true;
  if (!value.is_array()) return false;
  return ((types & kNumbers) != 0 && all_of_type(value, kNumber)) ||
         ((types & kStrings) != 0 && all_of_type(value, kString));
}

std::string_view type_name(const Json& value) {
  switch (type_of(value)) {
    case kNumber:
      return "number";
    case kString:
      return "string";
    case kBoolean:
      return "boolean";
    case kArray:
      return "array";
    case kObject:
      return "object";
    default:
      return "null";
  }
}

std::string text_of(const Json& value) { return std::string(bytes_of(value)); }

// A whole number is an integer where it fits, so that floor(1.5) reads "1".
Json whole(double number) {
  if (number >= -9.2e18 && number <= 9.2e18) return static_cast<std::int64_t>(number);
  return number;
}

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

bool less(const Json& a, const Json& b) {
  return a.is_number() ? a < b : bytes_of(a) < bytes_of(b);
}

Json abs(const Arguments& a, const Apply&) {
  const Json& value = *a[0].value;
  if (value.is_number_unsigned()) return value;
  if (value.is_number_integer() && value.get<std::int64_t>() > INT64_MIN)
    return std::abs(value.get<std::int64_t>());
  return std::fabs(value.get<double>());
}

Json sum(const Arguments& a, const Apply&) {
  std::int64_t integers = 0;
  double doubles = 0;
  bool exact = true;
  for (const Json& element : *a[0].value) {
    doubles += element.get<double>();
    exact = exact && element.is_number_integer() &&
            !(element.is_number_unsigned() && element.get<std::uint64_t>() > INT64_MAX) &&
            !__builtin_add_overflow(integers, element.get<std::int64_t>(), &integers);
  }
  return exact ? Json(integers) : Json(doubles);
}

Json avg(const Arguments& a, const Apply& apply) {
  if (a[0].value->empty()) return nullptr;
  return sum(a, apply).get<double>() / static_cast<double>(a[0].value->size());
}

Json ceil(const Arguments& a, const Apply&) { return whole(std::ceil(a[0].value->get<double>())); }
Json floor(const Arguments& a, const Apply&) {
  return whole(std::floor(a[0].value->get<double>()));
}

Json contains(const Arguments& a, const Apply&) {
  const Json& subject = *a[0].value;
  const Json& search = *a[1].value;
  if (subject.is_array()) return std::find(subject.begin(), subject.end(), search) != subject.end();
  return type_of(search) == kString &&
         bytes_of(subject).find(bytes_of(search)) != std::string_view::npos;
}

Json starts_with(const Arguments& a, const Apply&) {
  const std::string_view prefix = bytes_of(*a[1].value);
  return bytes_of(*a[0].value).substr(0, prefix.size()) == prefix;
}

Json ends_with(const Arguments& a, const Apply&) {
  const std::string_view text = bytes_of(*a[0].value);
  const std::string_view suffix = bytes_of(*a[1].value);
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

Json join(const Arguments& a, const Apply&) {
  std::string joined;
  for (const Json& element : *a[1].value) {
    if (&element != &a[1].value->front()) joined += bytes_of(*a[0].value);
    joined += bytes_of(element);
  }
  return joined;
}

Json keys(const Arguments& a, const Apply&) {
  Json result = Json::array();
  for (const auto& [key, value] : a[0].value->items()) result.push_back(key);
  return result;
}

Json values(const Arguments& a, const Apply&) {
  Json result = Json::array();
  for (const Json& value : *a[0].value) result.push_back(value);
  return result;
}

Json length(const Arguments& a, const Apply&) {
  const Json& value = *a[0].value;
  if (type_of(value) != kString) return value.size();
  const std::string_view text = bytes_of(value);
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_code_point));
}

Json map(const Arguments& a, const Apply& apply) {
  Json result = Json::array();
  for (const Json& element : *a[1].value) result.push_back(apply(*a[0].expression, element));
  return result;
}

Json max(const Arguments& a, const Apply&) {
  const Json& array = *a[0].value;
  return array.empty() ? Json() : *std::max_element(array.begin(), array.end(), less);
}

Json min(const Arguments& a, const Apply&) {
  const Json& array = *a[0].value;
  return array.empty() ? Json() : *std::min_element(array.begin(), array.end(), less);
}

struct Keyed {
  const Json* key;
  const Json* element;
};

// The elements with what the &expression gives for each; all keys numbers, or all strings.
std::vector<Keyed> keyed(std::string_view function, const Arguments& a, const Apply& apply) {
  std::vector<Keyed> result;
  for (const Json& element : *a[0].value) {
    const Json& key = apply(*a[1].expression, element);
    const unsigned type = type_of(key);
    if (type != kNumber && type != kString)
      invalid_type(function, "the expression gave a value that has no order");
    if (!result.empty() && type != type_of(*result.front().key))
      invalid_type(function, "the expression gave numbers and strings");
    result.push_back({&key, &element});
  }
  return result;
}

bool keyed_less(const Keyed& a, const Keyed& b) { return less(*a.key, *b.key); }

Json max_by(const Arguments& a, const Apply& apply) {
  const std::vector<Keyed> all = keyed("max_by", a, apply);
  return all.empty() ? Json() : *std::max_element(all.begin(), all.end(), keyed_less)->element;
}

Json min_by(const Arguments& a, const Apply& apply) {
  const std::vector<Keyed> all = keyed("min_by", a, apply);
  return all.empty() ? Json() : *std::min_element(all.begin(), all.end(), keyed_less)->element;
}

Json sort_by(const Arguments& a, const Apply& apply) {
  std::vector<Keyed> all = keyed("sort_by", a, apply);
  std::stable_sort(all.begin(), all.end(), keyed_less);
  Json result = Json::array();
  for (const Keyed& entry : all) result.push_back(*entry.element);
  return result;
}

Json sort(const Arguments& a, const Apply&) {
  Json result = *a[0].value;
  std::stable_sort(result.begin(), result.end(), less);
  return result;
}

Json merge(const Arguments& a, const Apply&) {
  Json result = Json::object();
  for (const JmesPathArgument& argument : a) result.update(*argument.value);
  return result;
}

Json not_null(const Arguments& a, const Apply&) {
  const auto found = std::find_if(
      a.begin(), a.end(), [](const JmesPathArgument& arg) { return !arg.value->is_null(); });
  return found == a.end() ? Json() : *found->value;
}

Json reverse(const Arguments& a, const Apply&) {
  const Json& value = *a[0].value;
  if (value.is_array()) {
    Json result = value;
    std::reverse(result.begin(), result.end());
    return result;
  }
  const std::string_view text = bytes_of(value);
  std::string result;
  for (std::size_t end = text.size(); end > 0;) {
    std::size_t start = end - 1;
    while (start > 0 && continues_code_point(text[start])) --start;
    result += text.substr(start, end - start);
    end = start;
  }
  return result;
}

Json to_array(const Arguments& a, const Apply&) {
  return a[0].value->is_array() ? *a[0].value : Json::array({*a[0].value});
}

Json to_string(const Arguments& a, const Apply&) {
  const Json& value = *a[0].value;
  return type_of(value) == kString ? text_of(value)
                                   : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json to_number(const Arguments& a, const Apply&) {
  const Json& value = *a[0].value;
  if (value.is_number()) return value;
  if (type_of(value) != kString) return nullptr;
  const std::string_view text = bytes_of(value);
  // Only what begins like a number: a string "[[[[..." need not be parsed to be refused.
  if (text.empty() || std::string_view("-0123456789").find(text[0]) == std::string_view::npos)
    return nullptr;
  const Json number = Json::parse(text, nullptr, false);
  return number.is_number() ? number : Json();
}

Json type(const Arguments& a, const Apply&) { return type_name(*a[0].value); }

const std::vector<JmesPathFunction>& functions() {
  static const std::vector<JmesPathFunction> table = {
      {"abs", {kNumber}, false, abs},
      {"avg", {kNumbers}, false, avg},
      {"ceil", {kNumber}, false, ceil},
      {"contains", {kArray | kString, kAny}, false, contains},
      {"ends_with", {kString, kString}, false, ends_with},
      {"floor", {kNumber}, false, floor},
      {"join", {kString, kStrings}, false, join},
      {"keys", {kObject}, false, keys},
      {"length", {kString | kArray | kObject}, false, length},
      {"map", {kExpression, kArray}, false, map},
      {"max", {kNumbers | kStrings}, false, max},
      {"max_by", {kArray, kExpression}, false, max_by},
      {"merge", {kObject}, true, merge},
      {"min", {kNumbers | kStrings}, false, min},
      {"min_by", {kArray, kExpression}, false, min_by},
      {"not_null", {kAny}, true, not_null},
      {"reverse", {kString | kArray}, false, reverse},
      {"sort", {kNumbers | kStrings}, false, sort},
      {"sort_by", {kArray, kExpression}, false, sort_by},
      {"starts_with", {kString, kString}, false, starts_with},
      {"sum", {kNumbers}, false, sum},
      {"to_array", {kAny}, false, to_array},
      {"to_number", {kAny}, false, to_number},
      {"to_string", {kAny}, false, to_string},
      {"type", {kAny}, false, type},
      {"values", {kObject}, false, values},
  };
  return table;
}

}  // namespace

const JmesPathFunction* find_jmespath_function(std::string_view name) {
  const auto found = std::find_if(functions().begin(), functions().end(),
                                  [name](const JmesPathFunction& f) { return f.name == name; });
  return found == functions().end() ? nullptr : &*found;
}

Json call_jmespath_function(const JmesPathFunction& function, const Arguments& arguments,
                            const Apply& apply) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const unsigned types = function.parameters[std::min(i, function.parameters.size() - 1)];
    if (is_one_of(arguments[i], types)) continue;
    const std::string_view given =
        arguments[i].expression != nullptr ? "expression" : type_name(*arguments[i].value);
    invalid_type(function.name,
                 "argument " + std::to_string(i + 1) + " can't be of type " + std::string(given));
  }
  return function.run(arguments, apply);
}

}  // namespace cloudchamber
