#include "mock-server/call/constraints.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "mock-server/call/pattern.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock {
namespace {

// Values are shown cut: AWS does so too, and an answer must not grow with what was sent.
constexpr std::size_t kMaxShownBytes = 1024;

std::string lower_first(const std::string& name) {
  std::string out = name;
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
  return out;
}

// As Java prints it.
std::string shown(const Json& value) {
  std::string out;
  if (value.is_string()) {
    out = value.get_ref<const std::string&>();
  } else if (value.is_array()) {
    for (const Json& element : value) {
      if (out.size() > kMaxShownBytes) break;
      out += (out.empty() ? "" : ", ") + shown(element);
    }
    out = "[" + out + "]";
  } else if (value.is_object()) {
    for (const auto& [name, member] : *value.get_ptr<const Json::object_t*>()) {
      if (out.size() > kMaxShownBytes) break;
      out += (out.empty() ? "" : ", ") + name + "=" + shown(member);
    }
    out = "{" + out + "}";
  } else if (value.is_binary()) {
    out = "java.nio.HeapByteBuffer[pos=0 lim=" + std::to_string(value.get_binary().size()) +
          " cap=" + std::to_string(value.get_binary().size()) + "]";
  } else {
    out = value.dump();
  }
  if (value.is_string() && out.size() > kMaxShownBytes) {
    std::size_t end = kMaxShownBytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xc0U) == 0x80U) --end;
    out.resize(end);
  }
  return out;
}

// "1", not "1.000000".
std::string bound(double value) {
  return std::to_string(static_cast<long long>(std::llround(value)));
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

std::size_t length_of(const Shape& shape, const Json& value) {
  if (shape.type == ShapeType::kBlob && value.is_binary()) return value.get_binary().size();
  if (value.is_string()) return characters(value.get_ref<const std::string&>());
  return value.size();
}

bool has_length(const Shape& shape) {
  return shape.type == ShapeType::kString || shape.type == ShapeType::kList ||
         shape.type == ShapeType::kMap || shape.type == ShapeType::kBlob;
}

// Where a value stands, put into words only for what is wrong: most inputs are fine.
struct Place {
  const Place* around = nullptr;
  std::string_view name;    // of a member or a map's key
  std::size_t element = 0;  // of a list, from 1; 0 for no element
  bool is_entry = false;    // of a map

  [[nodiscard]] std::string text() const {
    std::string out = around == nullptr ? std::string() : around->text();
    if (element != 0) return out + "." + std::to_string(element) + ".member";
    if (is_entry) return out + "." + std::string(name) + ".member";
    if (name.empty()) return out;
    return out + (out.empty() ? "" : ".") + lower_first(std::string(name));
  }
};

class Checker {
 public:
  explicit Checker(const ConstraintOptions& options) : options_(options) {}

  // The whole input.
  void check_input(const Shape& shape, const Json& input) {
    if (input.is_object()) check_members(shape, input, Place{}, options_.also_required);
  }

  std::vector<std::string> take() { return std::move(violations_); }

 private:
  // `told`: its own constraints have been told with the map or list that holds it.
  void check(const Shape& given, const Json& value, const Place& path, bool told = false) {
    const Shape& shape = replaced(given);
    if (full() || skipped(shape)) return;
    if (!told) {
      for (const std::string& constraint : broken_by(shape, value)) {
        note("'" + shown(value) + "'", path, constraint);
      }
    }
    switch (shape.type) {
      case ShapeType::kStructure:
        if (value.is_object()) check_members(shape, value, path, kNothing);
        break;
      case ShapeType::kList:
        if (value.is_array()) check_elements(shape, value, path);
        break;
      case ShapeType::kMap:
        if (value.is_object()) check_entries(shape, value, path);
        break;
      default:
        break;
    }
  }

  void check_members(const Shape& shape, const Json& value, const Place& path,
                     const std::vector<std::string_view>& also_required) {
    const auto& object = *value.get_ptr<const Json::object_t*>();
    for (const Member& member : shape.members) {
      const auto found = object.find(member.name);
      if (found == object.end() && !member.required &&
          std::find(also_required.begin(), also_required.end(), member.name) ==
              also_required.end()) {
        continue;
      }
      const Place place{.around = &path, .name = member.name};
      if (found == object.end()) {
        // A streaming body stands beside the input.
        if (!member.streaming) note("null", place, "Member must not be null");
      } else if (member.shape != nullptr) {
        check(*member.shape, found->second, place);
      }
    }
  }

  // Faulty scalars in a list, keys and values of a map are told of the whole list or map, with all
  // the constraints that they should have met.
  void check_elements(const Shape& shape, const Json& list, const Place& path) {
    if (shape.element.shape == nullptr) return;
    const Shape& element = replaced(*shape.element.shape);
    const bool scalar = element.type != ShapeType::kStructure && element.type != ShapeType::kList &&
                        element.type != ShapeType::kMap;
    bool told = false;
    for (std::size_t i = 0; i < list.size() && !full(); ++i) {
      if (!scalar) {
        check(element, list[i], Place{.around = &path, .element = i + 1});
      } else if (!told && !skipped(element) && !broken_by(element, list[i]).empty()) {
        note("'" + shown(list) + "'", path,
             "Member must satisfy constraint: [" + all_of(element) + "]");
        told = true;
      }
    }
  }

  void check_entries(const Shape& shape, const Json& map, const Place& path) {
    const auto tell_once = [&](const Member& member, const Json& value, const char* what,
                               bool& told) {
      if (told || member.shape == nullptr) return;
      const Shape& part = replaced(*member.shape);
      if (skipped(part) || broken_by(part, value).empty()) return;
      note("'" + shown(map) + "'", path,
           std::string(what) + " must satisfy constraint: [" + all_of(part) + "]");
      told = true;
    };
    bool key_told = false;
    bool value_told = false;
    for (const auto& [key, entry] : *map.get_ptr<const Json::object_t*>()) {
      if (full()) return;
      tell_once(shape.key, Json(key), "Map keys", key_told);
      tell_once(shape.value, entry, "Map value", value_told);
      if (shape.value.shape != nullptr) {
        check(*shape.value.shape, entry, Place{.around = &path, .name = key, .is_entry = true},
              true);
      }
    }
  }

  // The constraints of a scalar or a container's size that `value` breaks, as "Member must ...".
  std::vector<std::string> broken_by(const Shape& shape, const Json& value) const {
    std::vector<std::string> broken;
    if (has_length(shape) && (shape.min || shape.max)) {
      const auto length = static_cast<double>(length_of(shape, value));
      if (shape.max && length > *shape.max) {
        broken.push_back("Member must have length less than or equal to " + bound(*shape.max));
      }
      if (shape.min && length < *shape.min) {
        broken.push_back("Member must have length greater than or equal to " + bound(*shape.min));
      }
    } else if (value.is_number() && (shape.min || shape.max)) {
      const auto number = value.get<double>();
      if (shape.max && number > *shape.max) {
        broken.push_back("Member must have value less than or equal to " + bound(*shape.max));
      }
      if (shape.min && number < *shape.min) {
        broken.push_back("Member must have value greater than or equal to " + bound(*shape.min));
      }
    }
    if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      if (!shape.pattern.empty() && !pattern_left_out(shape) &&
          !matches_pattern(shape.pattern, text)) {
        broken.push_back("Member must satisfy regular expression pattern: " + shape.pattern);
      }
      if (!shape.enum_values.empty() &&
          std::find(shape.enum_values.begin(), shape.enum_values.end(), text) ==
              shape.enum_values.end()) {
        broken.push_back(options_.tells_values
                             ? "Member must satisfy enum value set: [" + enum_list(shape) + "]"
                             : "Member must satisfy enum value set");
      }
    }
    return broken;
  }

  [[nodiscard]] std::string enum_list(const Shape& shape) const {
    if (options_.enum_lists != nullptr) {
      for (const auto& [name, list] : *options_.enum_lists) {
        if (name == shape.name) return std::string(list);
      }
    }
    std::string list;
    for (const std::string& allowed : shape.enum_values) {
      list += (list.empty() ? "" : ", ") + allowed;
    }
    return list;
  }

  [[nodiscard]] std::string all_of(const Shape& shape) const {
    std::string all;
    const auto add = [&](const std::string& one) { all += (all.empty() ? "" : ", ") + one; };
    if (shape.max) add("Member must have length less than or equal to " + bound(*shape.max));
    if (shape.min) add("Member must have length greater than or equal to " + bound(*shape.min));
    if (!shape.pattern.empty()) {
      add("Member must satisfy regular expression pattern: " + shape.pattern);
    }
    if (!shape.enum_values.empty()) {
      add("Member must satisfy enum value set: [" + enum_list(shape) + "]");
    }
    return all;
  }

  [[nodiscard]] const Shape& replaced(const Shape& shape) const {
    for (const auto& [name, other] : options_.replaced_shapes) {
      if (name == shape.name && other != nullptr) return *other;
    }
    return shape;
  }

  [[nodiscard]] bool pattern_left_out(const Shape& shape) const {
    return std::find(options_.patterns_left_out.begin(), options_.patterns_left_out.end(),
                     shape.name) != options_.patterns_left_out.end();
  }

  [[nodiscard]] bool skipped(const Shape& shape) const {
    return std::find(options_.skipped_shapes.begin(), options_.skipped_shapes.end(), shape.name) !=
           options_.skipped_shapes.end();
  }
  [[nodiscard]] bool full() const { return violations_.size() >= options_.max_violations; }

  void note(const std::string& value, const Place& path, const std::string& constraint) {
    if (full()) return;
    violations_.push_back("Value " + (options_.tells_values ? value + ' ' : std::string()) +
                          "at '" + path.text() + "' failed to satisfy constraint: " + constraint);
  }

  inline static const std::vector<std::string_view> kNothing;

  const ConstraintOptions& options_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> constraint_violations(const Shape& shape, const Json& input,
                                               const ConstraintOptions& options) {
  Checker checker(options);
  checker.check_input(shape, input);
  return checker.take();
}

std::optional<std::string> constraint_message(const Shape& shape, const Json& input,
                                              const ConstraintOptions& options) {
  const std::vector<std::string> violations = constraint_violations(shape, input, options);
  if (violations.empty()) return std::nullopt;
  std::string message = std::to_string(violations.size()) + " validation error" +
                        (violations.size() == 1 ? "" : "s") + " detected: ";
  for (std::size_t i = 0; i < violations.size(); ++i) {
    if (i > 0) message += "; ";
    message += violations[i];
  }
  return message;
}

}  // namespace cloudchamber::mock
