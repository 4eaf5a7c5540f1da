#include "sdk/model/ordered_value.h"

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

constexpr std::size_t kMaxDepth = 64;

// Receives nlohmann's parser events and builds the tree; `open_` holds the way from the root to the
// container being filled. A container lies inside its parent's vector, which grows only while the
// container is not open, so the pointers stay valid.
class TreeBuilder : public nlohmann::json_sax<Json> {
 public:
  explicit TreeBuilder(OrderedValue& root) : root_(root) {}

  [[nodiscard]] const std::string& error() const { return error_; }

  bool null() override {
    place();
    return true;
  }
  bool boolean(bool value) override {
    OrderedValue& slot = place();
    slot.kind = OrderedValue::Kind::kBoolean;
    slot.boolean = value;
    return true;
  }
  bool number_integer(number_integer_t value) override {
    return put_number(static_cast<double>(value), true);
  }
  bool number_unsigned(number_unsigned_t value) override {
    return put_number(static_cast<double>(value), true);
  }
  bool number_float(number_float_t value, const string_t&) override {
    return put_number(value, false);
  }
  bool string(string_t& value) override {
    OrderedValue& slot = place();
    slot.kind = OrderedValue::Kind::kString;
    slot.text = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(OrderedValue::Kind::kObject); }
  bool key(string_t& name) override {
    open_.back()->fields.push_back({std::move(name), {}});
    return true;
  }
  bool end_object() override {
    open_.pop_back();
    return true;
  }
  bool start_array(std::size_t) override { return open(OrderedValue::Kind::kArray); }
  bool end_array() override {
    open_.pop_back();
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& failure) override {
    error_ = failure.what();
    return false;
  }

 private:
  OrderedValue& place() {
    if (open_.empty()) return root_;
    OrderedValue& parent = *open_.back();
    if (parent.kind == OrderedValue::Kind::kObject) return parent.fields.back().value;
    return parent.items.emplace_back();
  }

  bool put_number(double value, bool integral) {
    OrderedValue& slot = place();
    slot.kind = OrderedValue::Kind::kNumber;
    slot.number = value;
    slot.integral = integral;
    return true;
  }

  bool open(OrderedValue::Kind kind) {
    if (open_.size() == kMaxDepth) {
      error_ = "nested too deeply";
      return false;
    }
    OrderedValue& slot = place();
    slot.kind = kind;
    open_.push_back(&slot);
    return true;
  }

  OrderedValue& root_;
  std::vector<OrderedValue*> open_;
  std::string error_;
};

}  // namespace

const OrderedValue* OrderedValue::find(std::string_view key) const {
  for (const Field& field : fields) {
    if (field.key == key) return &field.value;
  }
  return nullptr;
}

const std::string& OrderedValue::text_of(std::string_view key) const {
  static const std::string none;
  const OrderedValue* value = find(key);
  return value != nullptr && value->kind == Kind::kString ? value->text : none;
}

bool OrderedValue::flag_of(std::string_view key) const {
  const OrderedValue* value = find(key);
  return value != nullptr && value->kind == Kind::kBoolean && value->boolean;
}

int OrderedValue::int_of(std::string_view key) const {
  const OrderedValue* value = find(key);
  const bool fits = value != nullptr && value->kind == Kind::kNumber && value->number > -1e9 &&
                    value->number < 1e9;
  return fits ? static_cast<int>(value->number) : 0;
}

Json OrderedValue::to_json() const {
  switch (kind) {
    case Kind::kNull:
      return nullptr;
    case Kind::kBoolean:
      return boolean;
    case Kind::kNumber:
      if (integral && number > -9e15 && number < 9e15) return static_cast<std::int64_t>(number);
      return number;
    case Kind::kString:
      return text;
    case Kind::kArray: {
      Json array = Json::array();
      for (const OrderedValue& item : items) array.push_back(item.to_json());
      return array;
    }
    case Kind::kObject: {
      Json object = Json::object();
      for (const Field& field : fields) object[field.key] = field.value.to_json();
      return object;
    }
  }
  return nullptr;
}

OrderedValue parse_ordered(std::string_view text) {
  OrderedValue root;
  TreeBuilder builder(root);
  if (!Json::sax_parse(text, &builder)) {
    throw ModelError(builder.error().empty() ? "not JSON" : builder.error());
  }
  return root;
}

}  // namespace cloudchamber
