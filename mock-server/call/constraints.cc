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
  if (out.size() > kMaxShownBytes) {
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

// The constraints of a scalar or a container's size that `value` breaks, as "Member must ...".
std::vector<std::string> broken_by(const Shape& shape, const Json& value) {
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
    if (!shape.pattern.empty() && !matches_pattern(shape.pattern, text)) {
      broken.push_back("Member must satisfy regular expression pattern: " + shape.pattern);
    }
    if (!shape.enum_values.empty() && std::find(shape.enum_values.begin(), shape.enum_values.end(),
                                                text) == shape.enum_values.end()) {
      std::string set;
      for (const std::string& allowed : shape.enum_values) {
        set += (set.empty() ? "" : ", ") + allowed;
      }
      broken.push_back("Member must satisfy enum value set: [" + set + "]");
    }
  }
  return broken;
}

class Checker {
 public:
  explicit Checker(const ConstraintOptions& options) : options_(options) {}

  void check(const Shape& shape, const Json& value, const std::string& path) {
    if (full() || skipped(shape)) return;
    for (const std::string& constraint : broken_by(shape, value)) {
      note("'" + shown(value) + "'", path, constraint);
    }
    switch (shape.type) {
      case ShapeType::kStructure:
        if (value.is_object()) check_members(shape, value, path);
        break;
      case ShapeType::kList:
        if (shape.element.shape != nullptr && value.is_array()) {
          for (std::size_t i = 0; i < value.size() && !full(); ++i) {
            check(*shape.element.shape, value[i], path + "." + std::to_string(i + 1) + ".member");
          }
        }
        break;
      case ShapeType::kMap:
        if (value.is_object()) check_entries(shape, value, path);
        break;
      default:
        break;
    }
  }

  std::vector<std::string> take() { return std::move(violations_); }

 private:
  void check_members(const Shape& shape, const Json& value, const std::string& path) {
    const auto& object = *value.get_ptr<const Json::object_t*>();
    for (const Member& member : shape.members) {
      const auto found = object.find(member.name);
      if (found == object.end() && !member.required) continue;
      const std::string place = (path.empty() ? "" : path + ".") + lower_first(member.name);
      if (found == object.end()) {
        // A streaming body stands beside the input.
        if (!member.streaming) note("null", place, "Member must not be null");
      } else if (member.shape != nullptr) {
        check(*member.shape, found->second, place);
      }
    }
  }

  void check_entries(const Shape& shape, const Json& value, const std::string& path) {
    for (const auto& [key, entry] : *value.get_ptr<const Json::object_t*>()) {
      if (full()) return;
      if (shape.key.shape != nullptr && !skipped(*shape.key.shape)) {
        if (!broken_by(*shape.key.shape, Json(key)).empty()) {
          note("'" + shown(value) + "'", path,
               "Map keys must satisfy constraint: [" + all_of(*shape.key.shape) + "]");
        }
      }
      if (shape.value.shape != nullptr) {
        check(*shape.value.shape, entry, path + "." + key + ".member");
      }
    }
  }

  // A map's faulty key is told with every constraint on keys.
  static std::string all_of(const Shape& shape) {
    std::string all;
    const auto add = [&](const std::string& one) { all += (all.empty() ? "" : ", ") + one; };
    if (shape.max) add("Member must have length less than or equal to " + bound(*shape.max));
    if (shape.min) add("Member must have length greater than or equal to " + bound(*shape.min));
    if (!shape.pattern.empty()) {
      add("Member must satisfy regular expression pattern: " + shape.pattern);
    }
    return all;
  }

  [[nodiscard]] bool skipped(const Shape& shape) const {
    return std::find(options_.skipped_shapes.begin(), options_.skipped_shapes.end(), shape.name) !=
           options_.skipped_shapes.end();
  }
  [[nodiscard]] bool full() const { return violations_.size() >= options_.max_violations; }

  void note(const std::string& value, const std::string& path, const std::string& constraint) {
    if (full()) return;
    violations_.push_back("Value " + value + " at '" + path +
                          "' failed to satisfy constraint: " + constraint);
  }

  const ConstraintOptions& options_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> constraint_violations(const Shape& shape, const Json& input,
                                               const ConstraintOptions& options) {
  Checker checker(options);
  checker.check(shape, input, "");
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
