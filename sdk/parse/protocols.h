// The six protocols, each in the file of its name, and what they share. Internal to this folder.
#pragma once

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::parsing {

// One response, handed from file to file. `body` is the whole of it, in one piece.
struct Reply {
  const ServiceModel& service;
  const Operation& operation;
  const HttpResponse& response;
  std::string_view body;
};

// Each gives the members of the output. `output` is the operation's; it has one.
Json query_output(const Reply& reply, const Shape& output);
Json ec2_output(const Reply& reply, const Shape& output);
Json json_output(const Reply& reply, const Shape& output);
Json rest_json_output(const Reply& reply, const Shape& output);
Json rest_xml_output(const Reply& reply, const Shape& output);
Json cbor_output(const Reply& reply, const Shape& output);

ParsedError xml_error(const Reply& reply);   // query, ec2, rest-xml
ParsedError json_error(const Reply& reply);  // json, rest-json
ParsedError cbor_error(const Reply& reply);

// --- What they share ---

// URI and query string are a request's: in a response such a member stands in the body.
bool is_in_body(const Member& member);

// The members of a structure from an XML element. Throws ResponseParserError.
Json read_xml_structure(const Shape& shape, const pugi::xml_node& element);
// One value; null where the element is empty and its type has no empty value.
Json read_xml_value(const Member& member, const pugi::xml_node& element);

// Turns what a body says (JSON, or CBOR decoded) in place into what its shape means: wire names to
// member names, base64 to binary, times to ISO 8601; drops unknown members and nulls. Throws
// ResponseParserError.
void fit_structure(const Shape& shape, Json& value, std::size_t depth = 0);
void fit_value(const Member& member, Json& value, std::size_t depth = 0);
// The body parsed, an empty object where it is empty. Throws ResponseParserError.
Json parse_json_body(std::string_view body);

// A scalar from text in XML or in a header; null where the text is empty and its type has no empty
// value. Throws ResponseParserError.
Json read_text(const Member& member, std::string_view text);

// Adds the members that stand in headers, and the status.
void read_headers(const Shape& shape, const HttpResponse& response, Json& result);
// The member that is the body, null where there is none.
const Member* payload_member(const Shape& output);
// True when `payload` is a blob or string, which then is the body: added unless it is a stream or
// empty.
bool read_raw_payload(const Reply& reply, const Member& payload, Json& result);
// The events of a stream, their content read by `read` where it is not a payload as it is.
Json read_events(const Shape& stream, std::string_view body,
                 Json (*read)(const Shape& event, std::string_view payload));

// "a.b#FooError:http://c" -> "FooError".
std::string bare_code(std::string_view code);
// Where the body says nothing: the status and its phrase.
ParsedError generic_error(const Reply& reply);
// The exception of that code, null where the model has none.
const Shape* find_error_shape(const Reply& reply, const std::string& code);
// An error whose body is an object of JSON's kind.
ParsedError object_error(const Reply& reply, Json body);

}  // namespace cloudchamber::parsing
