#include "tests/support/compare.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sdk/codec/cbor.h"
#include "sdk/codec/xml.h"

namespace cloudchamber::test {
namespace {

std::string shown(const Json& value) {
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    return "binary '" + std::string(bytes.begin(), bytes.end()) + "'";
  }
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

Json canonical(const pugi::xml_node& node) {
  Json attributes = Json::object();
  for (const pugi::xml_attribute& attribute : node.attributes())
    attributes[attribute.name()] = attribute.value();
  Json children = Json::array();
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element)
      children.push_back(canonical(child));
    else
      text += child.value();
  }
  // The entries of a map stand in no order.
  const auto is_entry = [](const Json& child) { return child["name"] == "entry"; };
  if (std::all_of(children.begin(), children.end(), is_entry))
    std::sort(children.begin(), children.end());
  Json result = {{"name", node.name()}};
  if (!attributes.empty()) result["attributes"] = std::move(attributes);
  if (!children.empty()) result["children"] = std::move(children);
  if (text = trimmed(text); !text.empty()) result["text"] = std::move(text);
  return result;
}

std::string bytes_difference(std::string_view expected, std::string_view actual) {
  if (expected == actual) return "";
  return "expected body:\n  " + std::string(expected) + "\ngot:\n  " + std::string(actual);
}

}  // namespace

std::string difference(const Json& expected, const Json& actual, const std::string& place) {
  if (expected.is_number() && actual.is_number()) {
    if (expected == actual) return "";
    const double apart = std::abs(expected.get<double>() - actual.get<double>());
    if ((expected.is_number_float() || actual.is_number_float()) && apart < 1e-6) return "";
  }
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      const auto found = actual.find(name);
      if (found == actual.end()) return place + "." + name + ": missing, expected " + shown(value);
      if (std::string found_one = difference(value, *found, place + "." + name); !found_one.empty())
        return found_one;
    }
    for (const auto& [name, value] : actual.items())
      if (!expected.contains(name))
        return place + "." + name + ": not expected, got " + shown(value);
    return "";
  }
  if (expected.is_array() && actual.is_array()) {
    for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
      std::string found = difference(expected[i], actual[i], place + "[" + std::to_string(i) + "]");
      if (!found.empty()) return found;
    }
    if (expected.size() == actual.size()) return "";
  } else if (expected == actual) {
    return "";
  }
  return place + ": expected " + shown(expected) + ", got " + shown(actual);
}

Json canonical_xml(std::string_view text) { return canonical(parse_xml(text).document_element()); }

std::string body_difference(Protocol protocol, std::string_view expected, std::string_view actual) {
  if (expected.empty() || actual.empty()) return bytes_difference(expected, actual);
  switch (protocol) {
    case Protocol::kJson:
    case Protocol::kRestJson: {
      const Json wanted = Json::parse(expected, nullptr, false);
      const Json got = Json::parse(actual, nullptr, false);
      if (wanted.is_discarded() || got.is_discarded()) return bytes_difference(expected, actual);
      return difference(wanted, got);
    }
    case Protocol::kRpcV2Cbor:
      try {
        return difference(decode_cbor(expected), decode_cbor(actual));
      } catch (const CborError& error) {
        return error.what();
      }
    case Protocol::kRestXml:
      if (expected.front() != '<' || actual.front() != '<')
        return bytes_difference(expected, actual);
      try {
        return difference(canonical_xml(expected), canonical_xml(actual));
      } catch (const XmlError& error) {
        return std::string(error.what()) + " in " + std::string(actual);
      }
    case Protocol::kQuery:
    case Protocol::kEc2:
      break;
  }
  return bytes_difference(expected, actual);
}

}  // namespace cloudchamber::test
