#include "sdk/recording/comparable.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/jmespath.h"
#include "sdk/codec/timestamps.h"
#include "sdk/recording/checksum_headers.h"
#include "sdk/sign/aws_chunked.h"

namespace cloudchamber {
namespace {

// Of a call; a recording of bulk calls would else be an index of everything.
constexpr std::size_t kMaxResources = 64;

Json placeholders(const Json& value, const std::string& text) {
  if (value.is_string() || value.is_binary()) return text;
  Json result = value;
  if (value.is_structured())
    for (auto& part : result) part = placeholders(part, text);
  return result;
}

Json bytes_as_text(std::string_view bytes) { return {{"_base64", base64_encode(bytes)}}; }

Json scalar(const Shape& shape, const Json& value) {
  switch (shape.type) {
    case ShapeType::kBlob:
      if (value.is_string()) return bytes_as_text(value.get_ref<const std::string&>());
      if (value.is_binary()) {
        const auto& bytes = value.get_binary();
        return bytes_as_text(std::string(bytes.begin(), bytes.end()));
      }
      return value;
    case ShapeType::kTimestamp:
      if (value.is_number()) {
        const double seconds = value.get<double>();
        if (seconds < -1e11 || seconds > 1e11) return value;
        return iso8601_milliseconds(
            TimePoint(Milliseconds(static_cast<std::int64_t>(seconds * 1000))));
      }
      if (value.is_string()) {
        if (const auto time = parse_timestamp(value.get_ref<const std::string&>()))
          return iso8601_milliseconds(*time);
      }
      return value;
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return value.is_number() ? Json(value.get<double>()) : value;
    default:
      return value;
  }
}

bool is_at(std::string_view url, std::string_view endpoint) {
  return url.starts_with(endpoint) && url.size() > endpoint.size() && url[endpoint.size()] == '/';
}

// Of a call, with the endpoint that it was sent to.
struct OfCall {
  const Comparison& comparison;
  const HttpRequest& request;
};

// Without the endpoint, where it begins with one.
Json text_of(const Json& value, const OfCall& of) {
  const auto& text = value.get_ref<const std::string&>();
  if (!text.starts_with("http")) return value;
  const std::string own = endpoint_of(of.request);
  if (is_at(text, own)) return "<endpoint>" + text.substr(own.size());
  for (const std::string& endpoint : of.comparison.endpoints)
    if (is_at(text, endpoint)) return "<endpoint>" + text.substr(endpoint.size());
  return value;
}

Json canonical(const Shape& shape, const Json& value, const OfCall& of) {
  if (shape.type == ShapeType::kStructure && value.is_object()) {
    Json result = Json::object();
    for (const auto& [name, part] : value.items()) {
      const auto member = std::find_if(shape.members.begin(), shape.members.end(),
                                       [&, &key = name](const Member& m) { return m.name == key; });
      if (member == shape.members.end()) {
        result[name] = part;
      } else if (is_secret(*member, of.comparison.rules)) {
        result[name] = placeholders(part, "<" + name + ">");
      } else {
        result[name] = canonical(*member->shape, part, of);
      }
    }
    return result;
  }
  if (shape.type == ShapeType::kList && value.is_array()) {
    Json result = Json::array();
    for (const Json& part : value) result.push_back(canonical(*shape.element.shape, part, of));
    return result;
  }
  if (shape.type == ShapeType::kMap && value.is_object()) {
    Json result = Json::object();
    for (const auto& [name, part] : value.items())
      result[name] = canonical(*shape.value.shape, part, of);
    return result;
  }
  if (shape.type == ShapeType::kString && value.is_string()) return text_of(value, of);
  return scalar(shape, value);
}

// What SDKs add by themselves, each another.
bool describes_the_body(const Operation& operation, const Member& member, const Json& value) {
  if (member.name == operation.checksum_algorithm_member ||
      member.name == operation.checksum_validation_member)
    return true;
  if (member.location != Location::kHeader) return false;
  const std::string name = lowered(member.wire_name());
  if (name == "content-type")
    return value.is_string() && value.get_ref<const std::string&>().ends_with("/octet-stream");
  return name == "content-length" || name == "x-amz-sdk-checksum-algorithm" ||
         is_checksum_header(name);
}

// Without the framing of its chunks.
Blob plain_body(const HttpRequest& request) {
  if (!request.headers.get("x-amz-content-sha256").starts_with("STREAMING-")) return request.body;
  try {
    return decode_aws_chunked(request.body, nullptr).body;
  } catch (const AwsChunkedError&) {
    return request.body;  // a recorder took it off and left the header
  }
}

constexpr std::array<std::string_view, 17> kReadingVerbs = {
    "BatchGet", "Check",  "Describe", "Detect",   "Estimate", "Get",
    "Head",     "List",   "Lookup",   "Query",    "Read",     "Receive",
    "Scan",     "Search", "Select",   "Simulate", "Validate"};

bool ends_like_an_identifier(std::string_view name) {
  if (name.find("Attribute") != std::string_view::npos) return false;
  for (const std::string_view end : {"Id", "Ids", "Arn", "Arns", "Name", "Names", "Url", "Bucket"})
    if (name.ends_with(end)) return true;
  return false;
}

void add_resource(std::string_view text, std::vector<std::string>& found) {
  while (text.ends_with('/')) text.remove_suffix(1);
  const std::size_t cut = text.find_last_of("/:");
  if (cut != std::string_view::npos) text.remove_prefix(cut + 1);
  if (text.empty() || found.size() >= kMaxResources) return;
  if (std::find(found.begin(), found.end(), text) == found.end()) found.emplace_back(text);
}

void add_texts(const Json& value, std::vector<std::string>& found) {
  if (value.is_string()) add_resource(value.get_ref<const std::string&>(), found);
  if (value.is_array())
    for (const Json& element : value) add_texts(element, found);
}

void add_identifiers(const Json& value, std::vector<std::string>& found) {
  if (found.size() >= kMaxResources) return;
  if (value.is_array()) {
    for (const Json& element : value) add_identifiers(element, found);
  } else if (value.is_object()) {
    for (const auto& [name, part] : value.items()) {
      if (ends_like_an_identifier(name))
        add_texts(part, found);
      else
        add_identifiers(part, found);
    }
  }
}

}  // namespace

std::string endpoint_of(const HttpRequest& request) {
  return request.scheme + "://" + request.host;
}

Json comparable(const LookedUpCall& call, const Comparison& comparison) {
  const Shape* const input = call.operation.input;
  Json result = input == nullptr ? call.parameters
                                 : canonical(*input, call.parameters, {comparison, call.request});
  if (input == nullptr || !result.is_object()) return result;
  for (const Member& member : input->members) {
    const auto found = result.find(member.name);
    if (found != result.end() &&
        (member.idempotency_token || describes_the_body(call.operation, member, *found)))
      result.erase(found);
  }
  const Member* const stream = call.operation.streaming_input();
  if (stream != nullptr && stream->streaming) {
    result.erase(stream->name);
    if (const Blob body = plain_body(call.request); !body.empty())
      result[stream->name] = {{"_sha256", hex(digest_of(Digest::kSha256, body))}};
  }
  return result;
}

void find_placeholders(const Json& parameters, std::vector<std::string>& members) {
  if (!parameters.is_structured()) return;
  for (const auto& [name, part] : parameters.items()) {
    if (part.is_string() && parameters.is_object()) {
      const auto& text = part.get_ref<const std::string&>();
      if (text.size() == name.size() + 2 && text.front() == '<' && text.back() == '>' &&
          text.compare(1, name.size(), name) == 0 &&
          std::find(members.begin(), members.end(), name) == members.end())
        members.push_back(name);
    } else {
      find_placeholders(part, members);
    }
  }
}

bool is_reading(const ServiceModel& service, const Operation& operation) {
  if (service.protocol == Protocol::kRestXml || service.protocol == Protocol::kRestJson) {
    if (operation.http_method == "GET" || operation.http_method == "HEAD") return true;
  }
  return std::any_of(kReadingVerbs.begin(), kReadingVerbs.end(),
                     [&](std::string_view verb) { return operation.name.starts_with(verb); });
}

std::vector<std::string> resources_of(const Operation& operation, const Json& parameters) {
  std::vector<std::string> found;
  if (operation.input == nullptr || !parameters.is_object()) return found;
  // The model names what endpoints are chosen by: buckets, tables.
  for (const Member& member : operation.input->members) {
    if (member.context_param != "Bucket" && member.context_param != "ResourceArn") continue;
    const auto value = parameters.find(member.name);
    if (value != parameters.end()) add_texts(*value, found);
  }
  for (const auto& [name, path] : operation.endpoint_paths)
    add_texts(JmesPath(path).search(parameters), found);
  if (found.empty()) add_identifiers(parameters, found);
  return found;
}

std::vector<std::string> resources_in(const Json& result) {
  std::vector<std::string> found;
  add_identifiers(result, found);
  return found;
}

}  // namespace cloudchamber
