#include "mock-server/services/cloudformation/template/template_text.h"

#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/services/cloudformation/errors.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// Where a parser stopped: AWS's reader has already taken the character that it complains of.
AwsError not_well_formed(std::string_view text, std::size_t bytes_read) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < bytes_read && i < text.size(); ++i) {
    ++column;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    }
  }
  return template_format_error("JSON not well-formed. (line " + std::to_string(line) + ", column " +
                               std::to_string(column) + ")");
}

Json parse_json(std::string_view text) {
  const auto bounded = [](int depth, Json::parse_event_t, Json&) {
    if (depth > static_cast<int>(kMaxTemplateDepth))
      throw template_format_error("unsupported structure.");
    return true;
  };
  try {
    return Json::parse(text, bounded);
  } catch (const Json::parse_error& error) {
    throw not_well_formed(text, error.byte);
  } catch (const Json::out_of_range&) {
    throw template_format_error("unsupported structure.");  // a number beyond doubles
  }
}

}  // namespace

bool is_json_template(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

Json parse_template(std::string_view text) {
  Json value = is_json_template(text) ? parse_json(text) : parse_yaml(text);
  if (!value.is_object()) throw template_format_error("unsupported structure.");
  return value;
}

}  // namespace cloudchamber::mock::cloudformation
