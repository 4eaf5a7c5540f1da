#include "cloudchamber/errors.h"

#include <algorithm>
#include <string>

#include "sdk/codec/json_text.h"
#include "sdk/codec/reason_phrases.h"
#include "sdk/codec/xml.h"
#include "sdk/parse/protocols.h"

namespace cloudchamber::parsing {
namespace {

// "Customized;Sender": the code that a service gave to an error when it still spoke query.
void read_query_error(const Reply& reply, ParsedError& error) {
  const std::string_view header = reply.response.headers.get("x-amzn-query-error");
  const std::size_t semicolon = header.find(';');
  if (semicolon == std::string_view::npos || semicolon == 0) return;
  error.query_code = header.substr(0, semicolon);
  error.type = header.substr(semicolon + 1);
}

// The message has many spellings on the wire; the member that the model has for it holds it.
void fill_in_message(const Shape& shape, ParsedError& error) {
  if (error.message.empty()) return;
  for (const Member& member : shape.members)
    if ((member.name == "message" || member.name == "Message") &&
        !error.members.contains(member.name))
      error.members[member.name] = error.message;
}

std::string text_at(const Json& body, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_structured() || found->is_null()) continue;
    std::string text;
    append_scalar(text, *found);
    return text;
  }
  return "";
}

pugi::xml_node child_element(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& child : parent.children())
    if (child.type() == pugi::node_element && local_name(child) == name) return child;
  return {};
}

// <ErrorResponse><Error>, EC2's <Response><Errors><Error>, or S3's bare <Error>.
pugi::xml_node error_element(const pugi::xml_node& root) {
  if (local_name(root) == "Error") return root;
  if (const pugi::xml_node error = child_element(root, "Error"); !error.empty()) return error;
  return child_element(child_element(root, "Errors"), "Error");
}

void read_details(const pugi::xml_node& element, ParsedError& error) {
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string_view name = local_name(child);
    const std::string_view text = child.child_value();
    if (name == "Code")
      error.code = text;
    else if (name == "Message" || name == "message")
      error.message = text;
    else if (name == "Type")
      error.type = text;
    else if (name == "RequestId")
      error.request_id = text;
    else if (name != "HostId" && child.select_node("*").node().empty())
      error.details[std::string(name)] = text;
  }
}

}  // namespace

std::string bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  code = code.substr(code.rfind('#') + 1);
  while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
  while (!code.empty() && code.front() == ' ') code.remove_prefix(1);
  return std::string(code);
}

ParsedError generic_error(const Reply& reply) {
  ParsedError error;
  error.code = std::to_string(reply.response.status);
  error.message = reason_phrase(reply.response.status);
  error.members = Json::object();
  error.details = Json::object();
  return error;
}

const Shape* find_error_shape(const Reply& reply, const std::string& code) {
  for (const Shape* shape : reply.operation.errors)
    if (shape->error_wire_code() == code || shape->name == code) return shape;
  return reply.service.find_error(code);
}

ParsedError object_error(const Reply& reply, Json body) {
  if (!body.is_object()) throw ResponseParserError("the body of an error is not an object");
  ParsedError error = generic_error(reply);
  const std::string_view header = reply.response.headers.get("x-amzn-errortype");
  std::string code = bare_code(header);
  if (code.empty()) code = bare_code(text_at(body, {"__type", "code", "Code"}));
  if (!code.empty() || !body.empty()) error.message.clear();
  if (!code.empty()) error.code = std::move(code);
  if (std::string message = text_at(body, {"message", "Message", "errorMessage"}); !message.empty())
    error.message = std::move(message);
  read_query_error(reply, error);
  if (const Shape* shape = find_error_shape(reply, error.code); shape != nullptr) {
    fit_structure(*shape, body);
    error.members = std::move(body);
    read_headers(*shape, reply.response, error.members);
    fill_in_message(*shape, error);
  }
  return error;
}

ParsedError xml_error(const Reply& reply) {
  ParsedError error = generic_error(reply);
  if (reply.body.empty()) return error;
  const pugi::xml_document document = parse_xml(reply.body);
  const pugi::xml_node root = document.document_element();
  const pugi::xml_node element = error_element(root);
  if (element.empty()) return error;
  error.message.clear();
  read_details(element, error);
  for (const char* name : {"RequestId", "RequestID", "requestId"})
    if (error.request_id.empty()) error.request_id = child_element(root, name).child_value();
  if (const Shape* shape = find_error_shape(reply, error.code); shape != nullptr) {
    error.members = read_xml_structure(*shape, element);
    read_headers(*shape, reply.response, error.members);
    fill_in_message(*shape, error);
  }
  return error;
}

}  // namespace cloudchamber::parsing
