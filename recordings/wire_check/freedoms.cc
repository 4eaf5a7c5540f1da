#include "recordings/wire_check/freedoms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "mock-server/decode/signed_url.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/codec/xml.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber::recordings {
namespace {

// Of requests: who asks, when, signed how, over which connection, and what aws-chunked needed.
constexpr std::array kFreeInRequests = {"accept",
                                        "accept-encoding",
                                        "amz-sdk-invocation-id",
                                        "amz-sdk-request",
                                        "amz-sdk-retry",
                                        "authorization",
                                        "connection",
                                        "content-length",
                                        "date",
                                        "expect",
                                        "host",
                                        "te",
                                        "transfer-encoding",
                                        "user-agent",
                                        "x-amz-content-sha256",
                                        "x-amz-date",
                                        "x-amz-s3session-token",
                                        "x-amz-decoded-content-length",
                                        "x-amz-security-token",
                                        "x-amz-trailer",
                                        "x-amz-user-agent",
                                        "x-amzn-query-mode",
                                        "x-amzn-trace-id"};
// Of responses: who answered, when, over which connection.
constexpr std::array kFreeInResponses = {
    "connection",
    "cneonction",  // "close", by proxies of AWS's that hid it
    "cache-control",     "content-length", "date",
    "keep-alive",        "server",         "strict-transport-security",
    "transfer-encoding", "vary",           "x-amz-id-2",
    "x-amzn-trace-id",   "x-amz-crc32"};
constexpr std::array kFreeInForms = {"AWSAccessKeyId",   "Signature",     "SignatureMethod",
                                     "SignatureVersion", "SecurityToken", "Timestamp",
                                     "Version"};
constexpr std::array kFreeInSignatures2 = {"AWSAccessKeyId", "Expires", "Signature"};  // of URLs
// Of responses, too: what proxies, caches, browsers and other servers of S3's protocol add.
constexpr std::array<std::string_view, 5> kFreePrefixes = {"access-control-", "content-security-",
                                                           "x-amz-cf-", "x-cache", "x-minio-"};
constexpr std::array kFreeOfServers = {
    "age", "alt-svc", "via", "x-content-type-options", "x-frame-options", "x-xss-protection"};

template <class List>
bool is_in(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 300) text = text.substr(0, 297) + "...";
  return text;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// A time or a broken number in one spelling; everything else as it is.
std::string one_spelling(std::string text) {
  const bool is_date = text.size() >= 20 && text[4] == '-' && text[10] == 'T';
  if (is_date) {
    if (const auto time = parse_timestamp(text)) return iso8601(*time);
  }
  if (text.find_first_not_of("0123456789.eE+-") == std::string::npos &&
      text.find_first_of(".eE") != std::string::npos) {
    double number = 0;
    const char* const stop = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), stop, number);
    if (error == std::errc() && end == stop && std::abs(number) < 1e15)
      return number == std::trunc(number) ? Json(static_cast<std::int64_t>(number)).dump()
                                          : Json(number).dump();
  }
  return text;
}

// {"name": [children of that name, in order]}; the text of a leaf.
Json value_of(const pugi::xml_node& node) {
  Json children = Json::object();
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) {
      text += child.value();
      continue;
    }
    Json value = value_of(child);
    if (value.is_null()) continue;                                               // an empty element
    if (local_name(child) == "HostId" && local_name(node) == "Error") continue;  // as x-amz-id-2
    children[std::string(local_name(child))].push_back(std::move(value));
  }
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (!name.starts_with("xmlns")) children["@" + std::string(name)] = attribute.value();
  }
  // The entries of a map stand in no order.
  for (Json& group : children) {
    const auto is_entry = [](const Json& one) {
      return one.is_object() && one.size() <= 2 &&
             (one.contains("Name") || one.contains("Key") || one.contains("key"));
    };
    if (group.is_array() && std::all_of(group.begin(), group.end(), is_entry))
      std::sort(group.begin(), group.end());
  }
  if (!children.empty()) return children;
  text = trimmed(text);
  return text.empty() ? Json() : Json(one_spelling(std::move(text)));
}

bool is_free_in_responses(const std::string& name) {
  return is_in(kFreeInResponses, name) || is_in(kFreeOfServers, name) ||
         std::any_of(kFreePrefixes.begin(), kFreePrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// `is_signed`: the signer may have put headers there, which are compared as such.
Json query_value(std::string_view query, bool is_signed) {
  Json value = Json::object();
  for (const auto& [name, text] : parse_query(query)) {
    const bool is_header = is_signed && lowered(name).starts_with("x-amz-");
    const bool is_free = name == "x-id" || name == "Version" || is_in(kFreeInSignatures2, name);
    if (!is_header && !is_free && !is_signature_parameter(name)) value[name].push_back(text);
  }
  return value;
}

template <class IsFree>
Json headers_value(const Headers& headers, IsFree is_free) {
  Json value = Json::object();
  for (const auto& [name, text] : headers) {
    const std::string key = lowered(name);
    if (is_free(key)) continue;
    std::string shown_text = trimmed(text);
    if (key == "content-type" && shown_text.empty()) continue;
    if (key == "content-type") {
      std::erase(shown_text, ' ');
      shown_text = lowered(shown_text);
      shown_text.resize(std::min(shown_text.find(";charset="), shown_text.size()));
    }
    Json& values = value[key];
    values = values.is_null() ? shown_text : values.get<std::string>() + "," + shown_text;
  }
  return value;
}

Json body_value(const ServiceModel& service, std::string_view body) {
  if (body.empty()) return nullptr;
  if (service.protocol == Protocol::kJson || service.protocol == Protocol::kRestJson) {
    Json parsed = Json::parse(body, nullptr, false);
    return parsed.is_discarded() ? Json(body) : parsed;
  }
  try {
    return xml_value(body);
  } catch (const XmlError&) {
    return body;
  }
}

// A policy in a text, percent-encoded as IAM sends it or not.
std::optional<Json> document_of(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  std::string text = value.get<std::string>();
  if (text.starts_with("%7B")) text = uri_decode(text);
  if (!text.starts_with('{')) return std::nullopt;
  Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_discarded() ? std::nullopt : std::optional<Json>(std::move(parsed));
}

bool is_same_value(const Json& expected, const Json& actual) {
  if (expected == actual) return true;
  if (expected.is_number() && actual.is_number()) {
    const bool is_float = expected.is_number_float() || actual.is_number_float();
    return is_float && std::abs(expected.get<double>() - actual.get<double>()) < 1e-3;
  }
  const std::optional<Json> document = document_of(expected);
  return document && document == document_of(actual);
}

void compare(const Json& expected, const Json& actual, const std::string& place,
             Differences& found) {
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      const auto there = actual.find(name);
      if (there == actual.end())
        found.push_back(place + "." + name + ": missing, expected " + shown(value));
      else
        compare(value, *there, place + "." + name, found);
    }
    for (const auto& [name, value] : actual.items())
      if (!expected.contains(name))
        found.push_back(place + "." + name + ": not expected, got " + shown(value));
    return;
  }
  if (expected.is_array() && actual.is_array()) {
    for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i)
      compare(expected[i], actual[i], place + "[" + std::to_string(i) + "]", found);
    if (expected.size() != actual.size())
      found.push_back(place + ": expected " + std::to_string(expected.size()) + " elements, got " +
                      std::to_string(actual.size()));
    return;
  }
  if (!is_same_value(expected, actual))
    found.push_back(place + ": expected " + shown(expected) + ", got " + shown(actual));
}

void add(const char* what, const Json& expected, const Json& actual, Differences& found) {
  for (const std::string& one : differences(expected, actual)) found.push_back(what + (": " + one));
}

// The entries of SQS's maps stand in no order, and are numbered: "Attribute.2.Name=A" first.
std::vector<std::pair<std::string, std::string>> renumbered(
    std::vector<std::pair<std::string, std::string>> form) {
  constexpr std::array<std::string_view, 4> kMaps = {"Attribute.", "MessageAttribute.", ".entry.",
                                                     ".MessageAttribute."};
  for (const auto& [name, key] : std::vector(form)) {
    if (!name.ends_with(".Name") && !name.ends_with(".key")) continue;
    const std::string entry = name.substr(0, name.rfind('.') + 1);  // "Attribute.2."
    const std::string map = entry.substr(0, entry.rfind('.', entry.size() - 2) + 1);
    const bool is_map = std::any_of(kMaps.begin(), kMaps.end(),
                                    [&](auto one) { return map == one || map.ends_with(one); });
    if (!is_map) continue;
    for (auto& [other, value] : form)
      if (other.starts_with(entry)) other = map + "{" + key + "}." + other.substr(entry.size());
  }
  return form;
}

}  // namespace

Differences differences(const Json& expected, const Json& actual, const std::string& place) {
  Differences found;
  compare(expected, actual, place, found);
  return found;
}

Json xml_value(std::string_view text) {
  // White space may stand before the declaration where S3 kept a connection alive.
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const pugi::xml_document document = parse_xml(text);
  const pugi::xml_node root = document.document_element();
  return {{std::string(local_name(root)), value_of(root)}};
}

Json form_value(std::string_view form) {
  Json value = Json::object();
  for (const auto& [name, text] : renumbered(parse_query(form)))
    if (!is_in(kFreeInForms, name)) value[name].push_back(one_spelling(text));
  return value;
}

Json without_empties(const Json& value) {
  if (value.is_array()) {
    Json items = Json::array();
    for (const Json& item : value) items.push_back(without_empties(item));
    return items;
  }
  if (!value.is_object()) return value;
  Json members = Json::object();
  for (const auto& [name, member] : value.items()) {
    Json kept = without_empties(member);
    if (kept.is_null() || (kept.is_structured() && kept.empty())) continue;
    members[name] = std::move(kept);
  }
  return members;
}

Differences request_differences(const ServiceModel& service, const HttpRequest& expected,
                                const HttpRequest& actual) {
  Differences found;
  std::string scratch_expected;
  std::string scratch_actual;
  const std::string_view expected_body = expected.body.flat(scratch_expected);
  const std::string_view actual_body = actual.body.flat(scratch_actual);
  if (service.protocol == Protocol::kQuery || service.protocol == Protocol::kEc2) {
    // By GET or POST, in the query or the body, to the service's or a queue's own URL.
    const auto whole = [](const HttpRequest& request, std::string_view body) {
      std::string form(request.query());
      if (!form.empty() && !body.empty()) form += "&";
      return form.append(body);
    };
    add("form", form_value(whole(expected, expected_body)), form_value(whole(actual, actual_body)),
        found);
    return found;
  }
  add("method", expected.method, actual.method, found);
  std::string path = uri_decode(expected.path());
  const std::string actual_path = uri_decode(actual.path());
  // "/bucket/" is the bucket.
  const bool is_bucket = std::count(path.begin(), path.end(), '/') == 2 && path.ends_with('/');
  if (is_bucket && actual_path + "/" == path) path.pop_back();
  add("path", path, actual_path, found);
  const std::optional<Headers> of_url = mock::headers_of_signed_url(expected);
  add("query", query_value(expected.query(), of_url.has_value()),
      query_value(actual.query(), false), found);
  const auto is_free = [](const std::string& name) { return is_in(kFreeInRequests, name); };
  add("headers", headers_value(of_url ? *of_url : expected.headers, is_free),
      headers_value(actual.headers, is_free), found);
  if (expected_body != actual_body)
    add("body", body_value(service, expected_body), body_value(service, actual_body), found);
  return found;
}

Differences response_differences(const ServiceModel& service, const HttpResponse& expected,
                                 const HttpResponse& actual, bool streams) {
  Differences found;
  add("status", expected.status, actual.status, found);
  Json actual_headers = headers_value(actual.headers, is_free_in_responses);
  // Until about 2020 EC2 said it in the body alone.
  if (!expected.headers.contains("x-amzn-requestid")) actual_headers.erase("x-amzn-requestid");
  add("headers", headers_value(expected.headers, is_free_in_responses), actual_headers, found);
  if (expected.body == actual.body) return found;
  if (streams) {
    found.emplace_back("body: other bytes");
    return found;
  }
  std::string scratch_expected;
  std::string scratch_actual;
  add("body", body_value(service, expected.body.flat(scratch_expected)),
      body_value(service, actual.body.flat(scratch_actual)), found);
  return found;
}

}  // namespace cloudchamber::recordings
