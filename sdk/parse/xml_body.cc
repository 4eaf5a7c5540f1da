#include "cloudchamber/errors.h"
#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

std::string text_of(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      text += child.value();
  return text;
}

bool is_flattened(const Member& member) {
  const ShapeType type = member.shape->type;
  return (type == ShapeType::kList || type == ShapeType::kMap) && member.is_flattened();
}

// Finds the member of each child element in turn. Elements come mostly in the model's order, so the
// search goes on from where the last one ended.
class MemberFinder {
 public:
  explicit MemberFinder(const Shape& shape) : members_(shape.members) {}

  const Member* find(std::string_view name) {
    const std::size_t count = members_.size();
    for (std::size_t step = 0; step < count; ++step) {
      const std::size_t at = next_ + step < count ? next_ + step : next_ + step - count;
      const Member& member = members_[at];
      if (member.wire_name() != name || !is_in_body(member) || member.xml_attribute) continue;
      next_ = at;
      return &member;
    }
    // The elements of a flattened list may be named by the list rather than by the member.
    for (const Member& member : members_)
      if (member.shape->type == ShapeType::kList && member.is_flattened() &&
          member.shape->element.location_name == name)
        return &member;
    return nullptr;
  }

 private:
  const std::vector<Member>& members_;
  std::size_t next_ = 0;
};

void append_value(Json& list, const Member& element_member, const pugi::xml_node& element) {
  if (Json value = read_xml_value(element_member, element); !value.is_null())
    list.push_back(std::move(value));
}

void add_entry(Json& map, const Shape& shape, const pugi::xml_node& entry) {
  const std::string_view key_name =
      shape.key.location_name.empty() ? "key" : std::string_view(shape.key.location_name);
  const std::string_view value_name =
      shape.value.location_name.empty() ? "value" : std::string_view(shape.value.location_name);
  pugi::xml_node key, value;
  for (const pugi::xml_node& child : entry.children()) {
    if (child.type() != pugi::node_element) continue;
    if (local_name(child) == key_name) key = child;
    if (local_name(child) == value_name) value = child;
  }
  if (key.empty() || value.empty()) return;
  if (Json held = read_xml_value(shape.value, value); !held.is_null())
    map[text_of(key)] = std::move(held);
}

Json read_list(const Shape& shape, const pugi::xml_node& element) {
  Json list = Json::array();
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_element) append_value(list, shape.element, child);
  return list;
}

Json read_map(const Shape& shape, const pugi::xml_node& element) {
  Json map = Json::object();
  for (const pugi::xml_node& child : element.children())
    if (child.type() == pugi::node_element) add_entry(map, shape, child);
  return map;
}

void add_flattened(Json& result, const Member& member, const pugi::xml_node& element) {
  Json& value = result[member.name];
  if (member.shape->type == ShapeType::kList) {
    if (value.is_null()) value = Json::array();
    append_value(value, member.shape->element, element);
  } else {
    if (value.is_null()) value = Json::object();
    add_entry(value, *member.shape, element);
  }
}

std::string_view local_part(std::string_view name) { return name.substr(name.find(':') + 1); }

void add_attributes(Json& result, const Shape& shape, const pugi::xml_node& element) {
  if (element.first_attribute().empty()) return;
  for (const Member& member : shape.members) {
    if (!member.xml_attribute) continue;
    for (const pugi::xml_attribute& attribute : element.attributes())
      if (local_part(attribute.name()) == local_part(member.wire_name()))
        result[member.name] = read_text(member, attribute.value());
  }
}

}  // namespace

Json read_xml_structure(const Shape& shape, const pugi::xml_node& element) {
  Json result = Json::object();
  add_attributes(result, shape, element);
  MemberFinder finder(shape);
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const Member* member = finder.find(local_name(child));
    if (member == nullptr) continue;
    if (is_flattened(*member)) {
      add_flattened(result, *member, child);
    } else if (!result.contains(member->name)) {
      if (Json value = read_xml_value(*member, child); !value.is_null())
        result[member->name] = std::move(value);
    }
  }
  return result;
}

Json read_xml_value(const Member& member, const pugi::xml_node& element) {
  const Shape& shape = *member.shape;
  switch (shape.type) {
    case ShapeType::kStructure:
      return read_xml_structure(shape, element);
    case ShapeType::kList:
      return read_list(shape, element);
    case ShapeType::kMap:
      return read_map(shape, element);
    default:
      break;
  }
  const pugi::xml_node first = element.first_child();
  if (!first.empty() && first.next_sibling().empty() && first.type() != pugi::node_element)
    return read_text(member, first.value());
  return read_text(member, text_of(element));
}

}  // namespace cloudchamber::parsing
