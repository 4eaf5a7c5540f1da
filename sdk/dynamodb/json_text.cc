// Plain values from JSON text and to it.
#include "sdk/codec/json_text.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "cloudchamber/dynamodb/types.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/dynamodb/extension.h"
#include "sdk/validate/place.h"

namespace cloudchamber::dynamodb {
namespace {

// Builds a Json from the parser's events; it hands on the text of numbers that are no integers.
class Builder : public Json::json_sax_t {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(Decimal(value)); }
  bool number_float(double, const std::string& text) override { return add(Decimal(text)); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(Json::binary_t& value) override { return add(std::move(value)); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    throw TypeError(std::string("The text is not JSON: ") + error.what());
  }

  [[nodiscard]] Json take() { return std::move(root_); }

 private:
  Json& put(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    Json& parent = *open_.back();
    if (parent.is_object()) return parent[key_] = std::move(value);
    return parent.emplace_back(std::move(value));
  }
  bool add(Json value) {
    put(std::move(value));
    return true;
  }
  bool open(Json value) {
    if (open_.size() >= Place::kDeepest) throw TypeError("The text is nested too deeply");
    open_.push_back(&put(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;
  std::string key_;
};

class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  void write(const Json& value) {
    const std::string_view type = type_of(value);
    if (type == "S") {
      append_json_string(text, value.get_ref<const std::string&>());
    } else if (type == "B") {
      append_json_string(text, base64_encode(bytes_of(value)));
    } else if (type == "N") {
      text += value.get<Decimal>().to_string();
    } else if (type == "NS") {
      write_list(value.get<NumberSet>());
    } else if (type == "SS" || type == "BS") {
      write_list(form_of(value));
    } else if (type == "L") {
      write_list(value);
    } else if (type == "M") {
      bool first = true;
      begin('{');
      for (const auto& [name, element] : value.items()) {
        separate(first);
        append_json_string(text, name);
        text += indent_ < 0 ? ":" : ": ";
        write(element);
      }
      end('}', first);
    } else {
      text += value.dump();
    }
  }

  std::string text;

 private:
  template <class List>
  void write_list(const List& list) {
    bool first = true;
    begin('[');
    for (const auto& element : list) {
      separate(first);
      write(element);
    }
    end(']', first);
  }
  void begin(char bracket) {
    text += bracket;
    ++depth_;
  }
  void separate(bool& first) {
    if (!first) text += ',';
    first = false;
    break_line();
  }
  void end(char bracket, bool empty) {
    --depth_;
    if (!empty) break_line();
    text += bracket;
  }
  void break_line() {
    if (indent_ >= 0) text.append(1, '\n').append(static_cast<std::size_t>(indent_ * depth_), ' ');
  }

  int indent_;
  int depth_ = 0;
};

}  // namespace

Json parse_json(std::string_view text) {
  Builder builder;
  Json::sax_parse(text, &builder);
  return builder.take();
}

std::string to_json_text(const Json& plain, int indent) {
  Writer writer(indent);
  writer.write(plain);
  return std::move(writer.text);
}

}  // namespace cloudchamber::dynamodb
