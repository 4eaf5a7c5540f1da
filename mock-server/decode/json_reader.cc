#include "mock-server/decode/json_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/json_texts.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock {
namespace {

constexpr double kMaxLong = 9223372036854775807.0;

// Jackson, which AWS reads JSON with, saturates rather than refuses.
std::int64_t saturated(double value, ShapeType type) {
  if (std::isnan(value)) return 0;
  if (type == ShapeType::kInteger) {
    if (value <= std::numeric_limits<std::int32_t>::min())
      return std::numeric_limits<std::int32_t>::min();
    if (value >= std::numeric_limits<std::int32_t>::max())
      return std::numeric_limits<std::int32_t>::max();
  }
  if (value <= -kMaxLong) return std::numeric_limits<std::int64_t>::min();
  if (value >= kMaxLong) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(value);
}

std::int64_t saturated(std::int64_t value, ShapeType type) {
  if (type != ShapeType::kInteger) return value;
  return std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(),
                                  std::numeric_limits<std::int32_t>::max());
}

// Takes the events of nlohmann's parser. What is open is on a stack.
class Reader {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  // `root` null reads a document.
  Reader(const ServiceModel& service, const Shape* root) : service_(service) {
    open_.reserve(16);
    if (root == nullptr) {
      open_.push_back({Kind::kDocumentRoot, &result_, nullptr, nullptr, {}});
    } else {
      root_.shape = root;
      open_.push_back({Kind::kRoot, &result_, nullptr, &root_, {}});
    }
  }

  Json take() { return std::move(result_); }

  bool null() {
    if (skipped_ > 0) return true;
    Frame& top = open_.back();
    switch (top.kind) {
      case Kind::kRoot:
        throw json_texts::serialization("");  // as for any other input that is no object
      case Kind::kDocumentRoot:
      case Kind::kDocument:
        slot(top) = nullptr;
        return true;
      case Kind::kStructure:
        return true;
      case Kind::kList:
      case Kind::kMap:
        // An element that is not there is an empty one where emptiness can be said.
        if (top.next->shape->document) {
          slot(top) = nullptr;
        } else if (top.next->shape->type == ShapeType::kStructure) {
          slot(top) = Json::object();
        }
        return true;
    }
    return true;
  }

  bool boolean(bool value) {
    const Shape* shape = expected();
    if (shape == nullptr) return unshaped([&] { return Json(value); });
    if (shape->type != ShapeType::kBoolean) {
      refuse_scalar(*shape, value ? "TRUE_VALUE" : "FALSE_VALUE");
    }
    slot(open_.back()) = value;
    return true;
  }

  bool number_integer(number_integer_t value) {
    const Shape* shape = expected();
    if (shape == nullptr) return unshaped([&] { return Json(value); });
    switch (shape->type) {
      case ShapeType::kInteger:
      case ShapeType::kLong:
        slot(open_.back()) = saturated(value, shape->type);
        return true;
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        slot(open_.back()) = value;
        return true;
      case ShapeType::kTimestamp:
        return timestamp(Json(value));
      default:
        refuse_scalar(*shape, "NUMBER_VALUE");
    }
  }

  bool number_unsigned(number_unsigned_t value) {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<number_integer_t>::max())) {
      const Shape* shape = expected();
      if (shape == nullptr) return unshaped([&] { return Json(value); });
      return real(*shape, static_cast<double>(value), "NUMBER_VALUE");
    }
    return number_integer(static_cast<number_integer_t>(value));
  }

  bool number_float(number_float_t value, const string_t& /*text*/) {
    const Shape* shape = expected();
    if (shape == nullptr) return unshaped([&] { return Json(value); });
    return real(*shape, value, "DECIMAL_VALUE");
  }

  bool string(string_t& value) {
    const Shape* shape = expected();
    if (shape == nullptr) return unshaped([&] { return Json(std::move(value)); });
    switch (shape->type) {
      case ShapeType::kString:
        slot(open_.back()) = std::move(value);
        return true;
      case ShapeType::kBlob: {
        const std::optional<std::string> bytes = base64_decode(value);
        if (!bytes) throw json_texts::bad_base64(value);
        slot(open_.back()) = cloudchamber::binary(*bytes);
        return true;
      }
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        if (value != "NaN" && value != "Infinity" && value != "-Infinity") break;
        slot(open_.back()) = std::move(value);
        return true;
      case ShapeType::kTimestamp:
        return timestamp(Json(std::move(value)));
      case ShapeType::kBoolean:
        throw json_texts::serialization("Unexpected token received from parser");
      default:
        break;
    }
    refuse_scalar(*shape, "STRING_VALUE");
  }

  static bool binary(binary_t& /*value*/) { return true; }  // not in a JSON text

  bool start_object(std::size_t /*size*/) { return start(true); }
  bool start_array(std::size_t /*size*/) { return start(false); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }

  bool key(string_t& name) {
    if (skipped_ > 0) return true;
    Frame& top = open_.back();
    if (top.kind != Kind::kStructure) {
      top.key = std::move(name);
      return true;
    }
    top.next = nullptr;
    for (const Member& member : top.shape->members) {
      if (member.wire_name() != name) continue;
      if (member.location == Location::kBody) top.next = &member;
      break;
    }
    return true;
  }

  // Without a message: DynamoDB has none.
  [[noreturn]] static bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                                       const Json::exception& /*exception*/) {
    throw json_texts::serialization("");
  }

 private:
  enum class Kind { kRoot, kStructure, kList, kMap, kDocumentRoot, kDocument };

  struct Frame {
    Kind kind;
    Json* value;         // what is being filled
    const Shape* shape;  // of that, null for a document
    const Member* next;  // what comes next in it; null in a structure: to be skipped
    std::string key;     // of what comes next, in maps and documents
  };

  // The shape that the next value must have; null when it belongs to a document or to nothing.
  const Shape* expected() const {
    const Member* next = open_.back().next;
    if (skipped_ > 0 || next == nullptr || next->shape->document) return nullptr;
    return next->shape;
  }

  template <class Make>
  bool unshaped(Make make) {
    if (skipped_ > 0) return true;
    Frame& top = open_.back();
    if (top.kind == Kind::kStructure && top.next == nullptr) return true;
    slot(top) = make();
    return true;
  }

  // Where the next value of `frame` goes.
  static Json& slot(Frame& frame) {
    switch (frame.kind) {
      case Kind::kRoot:
      case Kind::kDocumentRoot:
        return *frame.value;
      case Kind::kStructure:
        return frame.value->get_ref<Json::object_t&>()[frame.next->name];
      case Kind::kMap:
        return frame.value->get_ref<Json::object_t&>()[std::move(frame.key)];
      case Kind::kList:
        return frame.value->get_ref<Json::array_t&>().emplace_back();
      case Kind::kDocument:
        break;
    }
    if (frame.value->is_array()) return frame.value->get_ref<Json::array_t&>().emplace_back();
    return frame.value->get_ref<Json::object_t&>()[std::move(frame.key)];
  }

  bool start(bool object) {
    if (open_.size() + skipped_ > kMaxJsonDepth) throw json_texts::serialization("");
    if (skipped_ > 0) {
      ++skipped_;
      return true;
    }
    Frame& top = open_.back();
    if (top.kind == Kind::kStructure && top.next == nullptr) {
      skipped_ = 1;
      return true;
    }
    const bool document = top.next == nullptr || top.next->shape->document;
    const Shape* shape = document ? nullptr : top.next->shape;
    const Kind kind = document ? Kind::kDocument : kind_of(*shape, object);
    Json& value = slot(top);
    value = object ? Json::object() : Json::array();
    const Member* next = kind == Kind::kList  ? &shape->element
                         : kind == Kind::kMap ? &shape->value
                                              : nullptr;
    open_.push_back({kind, &value, shape, next, {}});
    return true;
  }

  bool end() {
    if (skipped_ > 0) {
      --skipped_;
    } else {
      open_.pop_back();
    }
    return true;
  }

  Kind kind_of(const Shape& shape, bool object) const {
    if (object) {
      if (shape.type == ShapeType::kStructure) return Kind::kStructure;
      if (shape.type == ShapeType::kMap) return Kind::kMap;
      throw json_texts::serialization("Start of structure or map found where not expected");
    }
    if (shape.type == ShapeType::kList) return Kind::kList;
    if (open_.back().kind == Kind::kRoot) throw json_texts::serialization("");
    throw json_texts::unexpected_array(service_, shape);
  }

  bool real(const Shape& shape, double value, std::string_view token) {
    switch (shape.type) {
      case ShapeType::kInteger:
      case ShapeType::kLong:
        slot(open_.back()) = saturated(value, shape.type);
        return true;
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        slot(open_.back()) = value;
        return true;
      case ShapeType::kTimestamp:
        return timestamp(Json(value));
      default:
        refuse_scalar(shape, token);
    }
  }

  bool timestamp(const Json& value) {
    const std::optional<TimePoint> time = timestamp_of(value);
    if (!time) {
      refuse_scalar(*expected(), value.is_string() ? "STRING_VALUE" : "NUMBER_VALUE");
    }
    slot(open_.back()) = iso8601(*time);
    return true;
  }

  [[noreturn]] void refuse_scalar(const Shape& shape, std::string_view token) const {
    const Kind kind = open_.back().kind;
    if (kind == Kind::kRoot) throw json_texts::serialization("");
    throw json_texts::unexpected_scalar(shape, token, kind == Kind::kStructure);
  }

  const ServiceModel& service_;
  Json result_;
  Member root_;
  std::vector<Frame> open_;
  std::size_t skipped_ = 0;  // how many containers are open that the model does not know
};

Json read(const ServiceModel& service, const Shape* shape, std::string_view text) {
  Reader reader(service, shape);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return reader.take();
}

}  // namespace

Json read_json(const ServiceModel& service, const Shape& shape, std::string_view text) {
  return read(service, &shape, text);
}

Json read_json_document(const ServiceModel& service, std::string_view text) {
  return read(service, nullptr, text);
}

}  // namespace cloudchamber::mock
