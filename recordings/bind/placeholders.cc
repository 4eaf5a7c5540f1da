#include "recordings/bind/placeholders.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/call/pattern.h"
#include "recordings/bind/put_in_place.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/http_checksums.h"
#include "sdk/recording/redaction.h"
#include "sdk/serialize/serializer.h"
#include "sdk/validate/validator.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kLongestPassword = 128;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool fits(const Shape& shape, const std::string& text) {
  const auto size = static_cast<double>(text.size());
  return !(shape.min && size < *shape.min) && !(shape.max && size > *shape.max) &&
         (shape.pattern.empty() || mock::matches_pattern(shape.pattern, text));
}

// One of the looks that names and ids have, the first that the model takes; the name if none.
std::string fitting(const Shape& shape, const std::string& name) {
  if (!shape.enum_values.empty()) return shape.enum_values.front();
  // In small letters it may name a bucket, too.
  std::string word = lowered(name);
  std::string longer = word;
  while (shape.min && static_cast<double>(longer.size()) < *shape.min) longer += word;
  std::string shorter = word;
  if (shape.max && static_cast<double>(word.size()) > *shape.max)
    shorter.resize(static_cast<std::size_t>(std::max(*shape.max, 0.0)));
  const std::string uuid = "00000000-0000-4000-8000-000000000000";
  for (const std::string& look :
       {word, longer, shorter, std::string("123456789012"), uuid,
        "arn:aws:kms:us-east-1:123456789012:key/" + uuid, "arn:aws:iam::123456789012:role/" + word,
        word + "@example.com", "https://example.com/" + word, std::string("0"),
        std::string("true")})
    if (fits(shape, look)) return look;
  return word;
}

// What ModifyInstanceAttribute's Value is depends on which attribute it is the value of.
std::string value_of_attribute(const std::string& attribute) {
  if (attribute == "userData") return base64_encode("Value");
  if (attribute == "instanceType") return "t3.micro";
  if (attribute == "instanceInitiatedShutdownBehavior") return "stop";
  if (attribute == "kernel" || attribute == "ramdisk") return "";
  return "true";
}

// Of the form of a JSON Web Token, signed by nobody.
std::string web_token(const std::string& name) {
  const auto part = [](const Json& json) {
    std::string text = base64_encode(json.dump());
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
  };
  const std::string word = lowered(name);
  return part({{"alg", "RS256"}, {"typ", "JWT"}}) + '.' +
         part({{"iss", "https://example.com"},
               {"sub", word},
               {"aud", word},
               {"exp", 4'102'444'800}}) +
         '.' + part(word);
}

const Member* member_named(const Operation& operation, const std::string& name) {
  return operation.input == nullptr ? nullptr : operation.input->find(name);
}

// Digests that answers give of a content, as they give them: they tell of what is sent, not of what
// was hidden.
void add_digests(std::string_view content, Filled& filled) {
  const std::string bytes(content);
  filled.digests.emplace_back("", hex(md5(bytes)));
  filled.digests.emplace_back("", base64_encode(md5(bytes)));
  for (const HttpChecksum& checksum : kHttpChecksums)
    filled.digests.emplace_back("", base64_encode(digest_of(checksum.digest, Blob(bytes))));
}

void add_digests_of_hidden(const Json& parameters, Filled& filled) {
  if (parameters.is_structured()) {
    for (const Json& part : parameters) add_digests_of_hidden(part, filled);
  } else if (parameters.is_string() &&
             holds_hidden_text(parameters.get_ref<const std::string&>())) {
    add_digests(parameters.get_ref<const std::string&>(), filled);
  }
}

// The recorder left the checksum of what was hidden out of the request, not out of the answer.
void add_checksums_as_answered(const Headers& answered, HttpRequest& request) {
  for (const HttpChecksum& checksum : kHttpChecksums)
    if (answered.contains(checksum.header) && !request.headers.contains(checksum.header))
      request.headers.set(checksum.header, base64_encode(digest_of(checksum.digest, request.body)));
}

void replace_in(Json& parameters, const std::string& placeholder, const std::string& value) {
  if (parameters.is_structured()) {
    for (Json& part : parameters) replace_in(part, placeholder, value);
  } else if (parameters == placeholder) {
    parameters = value;
  }
}

// A body that could not be kept without its secrets, written anew from the parameters.
void write_anew(const ServiceModel& service, const Operation& operation, const Json& parameters,
                HttpRequest& request) {
  if (!find_faults(operation, parameters).empty()) return;
  request.body = serialize(service, operation, parameters).body;
  if (request.headers.contains("Content-Length"))
    request.headers.set("Content-Length", std::to_string(request.body.size()));
}

}  // namespace

std::string_view placeholder_name(std::string_view text) {
  if (text.size() < 3 || text.front() != '<' || text.back() != '>') return {};
  const std::string_view name = text.substr(1, text.size() - 2);
  return std::all_of(name.begin(), name.end(), is_word) ? name : std::string_view();
}

bool holds_hidden_text(std::string_view text) { return holds(text, kHiddenText); }

// All below a secret member is hidden by that member's name.
void PlaceholderFiller::find(const Shape& shape, const Json& value,
                             std::vector<std::string_view>& names, std::vector<Found>& found) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const std::string_view name = placeholder_name(text);
    if (name.empty() || std::find(names.begin(), names.end(), name) == names.end()) return;
    const auto is_known = [&](const Found& one) { return one.text == text; };
    if (std::none_of(found.begin(), found.end(), is_known))
      found.push_back({text, std::string(name), &shape});
  } else if (value.is_object() && shape.type == ShapeType::kStructure) {
    for (const Member& member : shape.members) {
      const auto at = value.find(member.name);
      if (at == value.end()) continue;
      names.push_back(member.name);
      find(*member.shape, *at, names, found);
      names.pop_back();
    }
  } else if (value.is_object() && shape.type == ShapeType::kMap) {
    for (const Json& entry : value) find(*shape.value.shape, entry, names, found);
  } else if (value.is_array() && shape.type == ShapeType::kList) {
    for (const Json& element : value) find(*shape.element.shape, element, names, found);
  }
}

// A header that is secret itself is hidden by its own name, whatever member it is.
void PlaceholderFiller::find_in_headers(const HttpRequest& recorded, const Operation& operation,
                                        std::vector<Found>& found) {
  if (operation.input == nullptr) return;
  for (const Member& member : operation.input->members) {
    if (member.location != Location::kHeader) continue;
    const std::string* const value = recorded.headers.find(member.wire_name());
    if (value == nullptr || !equal_ignoring_case(placeholder_name(*value), member.wire_name()))
      continue;
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const Found& one) { return one.name == member.name; }),
                found.end());
    found.push_back({*value, member.name, member.shape});
  }
}

std::string PlaceholderFiller::password_for(const std::string& name) {
  if (lowered(name).starts_with("old") && !last_password_.empty()) return last_password_;
  last_password_ = "Aa1!" + std::to_string(++passwords_) + '-' + name + '-';
  last_password_.resize(kLongestPassword, 'x');
  return last_password_;
}

std::string PlaceholderFiller::value_for(const Found& found, const Operation& operation,
                                         const Json& parameters, const HttpRequest& recorded,
                                         Filled& filled) {
  const std::string& name = found.name;
  const std::string lower_name = lowered(name);
  if (found.shape->type == ShapeType::kBlob) return base64_encode(found.text);
  if (const Member* digest = member_named(operation, name + "MD5");
      digest != nullptr && holds(name, "CustomerKey")) {
    const std::string told(recorded.headers.get(digest->wire_name()));
    const std::string key = sha256("key " + told);
    const std::string key_md5 = base64_encode(md5(key));
    if (!told.empty()) {
      filled.request.headers.set(digest->wire_name(), key_md5);
      filled.digests.emplace_back(told, key_md5);
    }
    return base64_encode(key);
  }
  if (holds(lower_name, "password")) return password_for(name);
  if (holds(name, "UserData")) return base64_encode(name);
  if (holds(name, "EncryptionContext")) return base64_encode(R"({"placeholder":"true"})");
  if (holds(name, "WebIdentityToken")) return web_token(name);
  if (holds(name, "SAMLAssertion")) return base64_encode(found.text);
  if (operation.name == "ModifyInstanceAttribute" && name == "Value")
    return value_of_attribute(parameters.value("Attribute", std::string()));
  return fitting(*found.shape, name);
}

std::optional<Filled> PlaceholderFiller::fill(const Exchange& exchange, const ServiceModel& service,
                                              const Operation& operation, Json parameters) {
  if (operation.input == nullptr) return std::nullopt;
  const HttpRequest& recorded = exchange.request;
  std::vector<Found> found;
  std::vector<std::string_view> names;
  find(*operation.input, parameters, names, found);
  find_in_headers(recorded, operation, found);
  const bool is_object = operation.streaming_input() != nullptr;
  std::string scratch;
  const bool was_left_out = !is_object && recorded.body == Blob(kHiddenBody);
  Filled filled;
  add_digests_of_hidden(parameters, filled);
  const bool hides_content = is_object && holds_hidden_text(recorded.body.flat(scratch));
  if (hides_content) add_digests(recorded.body.flat(scratch), filled);
  if (found.empty() && filled.digests.empty() && !was_left_out) return std::nullopt;

  filled.request = recorded;
  if (hides_content) add_checksums_as_answered(exchange.response.headers, filled.request);
  for (const Found& one : found) {
    std::string value = value_for(one, operation, parameters, recorded, filled);
    replace_in(parameters, one.text, value);
    put_in_place(filled.request, is_object, one.text, value);
    add_digests(value, filled);
    filled.values.emplace_back(one.text, std::move(value));
  }
  if (was_left_out) write_anew(service, operation, parameters, filled.request);
  return filled;
}

}  // namespace cloudchamber::recordings
