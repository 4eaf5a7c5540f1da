#include "sdk/serialize/form.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sdk/codec/uri.h"

namespace cloudchamber::serializing {
namespace {

class FormWriter {
 public:
  explicit FormWriter(const FormDialect& dialect) : dialect_(dialect) {}

  void pair(std::string_view name, std::string_view value) {
    if (!out_.empty()) out_ += '&';
    out_ += name;
    out_ += '=';
    out_ += uri_encode(value);
  }

  void structure(const Shape& shape, const Json& value) {
    for (const Member& member : shape.members) {
      if (const Json* given = find_value(value, member.name); given != nullptr)
        below(dialect_.member_name(member), member, *given);
    }
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  // Writes a value whose name is that of the value around it, a dot, and `name`.
  void below(std::string_view name, const Member& member, const Json& value) {
    const std::size_t length = path_.size();
    if (length != 0) path_ += '.';
    path_ += name;
    this->value(member, value);
    path_.resize(length);
  }

  void value(const Member& member, const Json& value) {
    switch (member.shape->type) {
      case ShapeType::kStructure:
        return structure(*member.shape, value);
      case ShapeType::kList:
        return list(member, value);
      case ShapeType::kMap:
        return map(member, value);
      default:
        text_.clear();
        append_text(text_, member, value, TimestampFormat::kIso8601);
        return pair(path_, text_);
    }
  }

  void list(const Member& member, const Json& value) {
    if (value.empty() && dialect_.empty_lists_are_named) return pair(path_, "");
    const Member& element = member.shape->element;
    std::string prefix;
    if (!dialect_.lists_are_flat && !member.is_flattened())
      prefix = (element.location_name.empty() ? "member" : element.location_name) + '.';
    std::size_t number = 0;
    for (const Json& each : value) below(prefix + std::to_string(++number), element, each);
  }

  void map(const Member& member, const Json& value) {
    const Member& key = member.shape->key;
    const Member& held = member.shape->value;
    const std::string prefix = member.is_flattened() ? "" : "entry.";
    const std::string key_name = key.location_name.empty() ? "key" : key.location_name;
    const std::string value_name = held.location_name.empty() ? "value" : held.location_name;
    std::size_t number = 0;
    for (const auto& [each_key, each] : value.get_ref<const Json::object_t&>()) {
      const std::string entry = prefix + std::to_string(++number) + '.';
      below(entry + key_name, key, each_key);
      below(entry + value_name, held, each);
    }
  }

  const FormDialect& dialect_;
  std::string out_, path_, text_;
};

}  // namespace

void form(const Call& call, const FormDialect& dialect, HttpRequest& request) {
  FormWriter writer(dialect);
  writer.pair("Action", call.operation.name);
  writer.pair("Version", call.service.api_version);
  if (call.operation.input != nullptr) writer.structure(*call.operation.input, call.parameters);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = Blob(writer.take());
}

}  // namespace cloudchamber::serializing
