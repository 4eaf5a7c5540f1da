#include "mock-server/decode/xml_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/decode/text_values.h"
#include "sdk/codec/xml.h"

namespace cloudchamber::mock {
namespace {

constexpr std::size_t kMaxDepth = 128;

std::string_view named(const Member& part, std::string_view otherwise) {
  return part.location_name.empty() ? otherwise : std::string_view(part.location_name);
}

// "x" of "ns:x": the model writes the prefix into some names.
std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_element(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

// All text directly in the element, CDATA sections included.
std::string text_of(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element.children()) {
    if (is_element(child)) throw malformed_xml();
    text += child.value();
  }
  return text;
}

Json value_of(const Member& member, const pugi::xml_node& element);

Json scalar_of(const Shape& shape, std::string_view text) {
  std::optional<Json> value = value_of_text(shape, text);
  if (!value) throw malformed_xml();
  return *std::move(value);
}

void check_no_text(const pugi::xml_node& element) {
  for (const pugi::xml_node& child : element.children()) {
    if (!is_element(child) && !trimmed(child.value()).empty()) throw malformed_xml();
  }
}

// One entry of a map: <key> and <value> below `entry`.
void add_entry(const Shape& map, const pugi::xml_node& entry, Json& entries) {
  const pugi::xml_node* key = nullptr;
  const pugi::xml_node* value = nullptr;
  pugi::xml_node found_key;
  pugi::xml_node found_value;
  check_no_text(entry);
  for (const pugi::xml_node& child : entry.children()) {
    if (!is_element(child)) continue;
    const std::string_view name = local_name(child);
    if (name == named(map.key, "key")) {
      found_key = child;
      key = &found_key;
    } else if (name == named(map.value, "value")) {
      found_value = child;
      value = &found_value;
    } else {
      throw malformed_xml();
    }
  }
  if (key == nullptr || value == nullptr) throw malformed_xml();
  entries[text_of(*key)] = value_of(map.value, *value);
}

Json structure_of(const Shape& shape, const pugi::xml_node& element) {
  Json members = Json::object();
  check_no_text(element);
  for (const Member& member : shape.members) {
    if (!member.xml_attribute || member.location != Location::kBody) continue;
    for (const pugi::xml_attribute& attribute : element.attributes()) {
      if (without_prefix(attribute.name()) != without_prefix(member.wire_name())) continue;
      members[member.name] = scalar_of(*member.shape, attribute.value());
    }
  }
  for (const pugi::xml_node& child : element.children()) {
    if (!is_element(child)) continue;
    const std::string_view name = local_name(child);
    const auto of_name = [&](const Member& member) {
      if (member.xml_attribute || member.location != Location::kBody) return false;
      if (name == without_prefix(member.wire_name())) return true;
      return member.shape->type == ShapeType::kList && member.is_flattened() &&
             !member.shape->element.location_name.empty() &&
             name == without_prefix(member.shape->element.location_name);
    };
    const auto found = std::find_if(shape.members.begin(), shape.members.end(), of_name);
    if (found == shape.members.end()) throw malformed_xml();
    const Shape& kind = *found->shape;
    if (found->is_flattened() && kind.type == ShapeType::kList) {
      members[found->name].push_back(value_of(kind.element, child));
    } else if (found->is_flattened() && kind.type == ShapeType::kMap) {
      add_entry(kind, child, members[found->name]);
    } else if (members.contains(found->name)) {
      throw malformed_xml();
    } else {
      members[found->name] = value_of(*found, child);
    }
  }
  return members;
}

Json value_of(const Member& member, const pugi::xml_node& element) {
  const Shape& shape = *member.shape;
  switch (shape.type) {
    case ShapeType::kStructure:
      return structure_of(shape, element);
    case ShapeType::kList: {
      Json items = Json::array();
      check_no_text(element);
      for (const pugi::xml_node& child : element.children()) {
        if (!is_element(child)) continue;
        if (local_name(child) != without_prefix(named(shape.element, "member"))) {
          throw malformed_xml();
        }
        items.push_back(value_of(shape.element, child));
      }
      return items;
    }
    case ShapeType::kMap: {
      Json entries = Json::object();
      check_no_text(element);
      for (const pugi::xml_node& child : element.children()) {
        if (!is_element(child)) continue;
        if (local_name(child) != "entry") throw malformed_xml();
        add_entry(shape, child, entries);
      }
      return entries;
    }
    default:
      return scalar_of(shape, text_of(element));
  }
}

}  // namespace

AwsError malformed_xml() {
  return {"MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published "
          "schema",
          400};
}

Json read_xml(const Shape& shape, std::initializer_list<std::string_view> roots,
              std::string_view text) {
  try {
    const pugi::xml_document document = parse_xml(text, kMaxDepth);
    const pugi::xml_node root = document.document_element();
    const std::string_view name = local_name(root);
    if (name.empty() || std::find(roots.begin(), roots.end(), name) == roots.end())
      throw malformed_xml();
    return structure_of(shape, root);
  } catch (const XmlError&) {
    throw malformed_xml();
  }
}

}  // namespace cloudchamber::mock
