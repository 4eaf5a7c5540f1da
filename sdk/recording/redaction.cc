#include "sdk/recording/redaction.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/uri.h"
#include "sdk/recording/checksum_headers.h"
#include "sdk/recording/redact_body.h"

namespace cloudchamber {
namespace {

// Secret whatever a model says: STS's does not mark the token.
constexpr std::array kSecretMembers = {"SecretAccessKey", "SessionToken"};

// Replaces every text below a secret member, and remembers it.
void hide(Json& value, const std::string& name, std::vector<Secret>& found) {
  if (value.is_structured()) {
    for (auto& part : value) hide(part, name, found);
  } else if (value.is_string() || value.is_binary()) {
    std::string text = value.is_string()
                           ? value.get<std::string>()
                           : std::string(value.get_binary().begin(), value.get_binary().end());
    const std::string placeholder = "<" + name + ">";
    if (text.empty() || text == placeholder) return;
    const bool blob = value.is_binary();
    value = placeholder;
    found.push_back({.text = std::move(text), .placeholder = placeholder, .blob = blob});
  }
}

void hide_members(const Shape& shape, Json& value, const RedactionRules& rules,
                  std::vector<Secret>& found) {
  switch (shape.type) {
    case ShapeType::kStructure:
      for (const Member& member : shape.members) {
        const auto at = value.find(member.name);
        if (at == value.end()) continue;
        if (is_secret(member, rules)) {
          hide(*at, member.name, found);
        } else {
          hide_members(*member.shape, *at, rules, found);
        }
      }
      break;
    case ShapeType::kList:
      for (Json& element : value) hide_members(*shape.element.shape, element, rules, found);
      break;
    case ShapeType::kMap:
      for (auto& entry : value) hide_members(*shape.value.shape, entry, rules, found);
      break;
    default:
      break;
  }
}

void hide_texts(std::string& text, const RedactionRules& rules) {
  for (const std::string& rule : rules.texts) replace_all(text, rule, kHiddenText);
}

// Secret in themselves, whatever a model says.
constexpr std::array kSecretHeaders = {"cookie",
                                       "proxy-authorization",
                                       "set-cookie",
                                       "x-amz-copy-source-server-side-encryption-customer-key",
                                       "x-amz-s3session-token",
                                       "x-amz-security-token",
                                       "x-amz-server-side-encryption-customer-key"};

bool is_secret_header(std::string_view name, const RedactionRules& rules) {
  const auto is_named = [&](std::string_view rule) {
    return rule.size() == name.size() && equal_ignoring_case(rule, name);
  };
  return std::any_of(kSecretHeaders.begin(), kSecretHeaders.end(), is_named) ||
         std::any_of(rules.headers.begin(), rules.headers.end(), is_named);
}

// Where something was replaced, each place once.
class Places {
 public:
  explicit Places(std::vector<std::string>& names) : names_(names) {}
  void add(std::string name) {
    if (std::find(names_.begin(), names_.end(), name) == names_.end())
      names_.push_back(std::move(name));
  }
  void add_if(bool replaced, const char* name) {
    if (replaced) add(name);
  }
  void add_members(const char* of, const std::vector<Secret>& secrets) {
    for (const Secret& secret : secrets)
      add(of + secret.placeholder.substr(1, secret.placeholder.size() - 2));
  }

 private:
  std::vector<std::string>& names_;
};

void hide_in_headers(Headers& headers, std::vector<Secret>& secrets, const RedactionRules& rules,
                     const char* half, Places& places) {
  const bool clean = secrets.empty() && rules.texts.empty() &&
                     std::none_of(headers.begin(), headers.end(), [&](const auto& field) {
                       return is_secret_header(field.first, rules);
                     });
  if (clean) return;
  Headers hidden;
  for (const auto& [sent_name, sent] : headers) {
    std::string name = sent_name;
    std::string value = sent;
    for (Secret& secret : secrets) {
      if (value != secret.text && value != base64_encode(secret.text)) continue;
      value = secret.placeholder;
      secret.hidden = true;
    }
    hide_texts(value, rules);
    if (is_secret_header(name, rules)) value = "<" + name + ">";
    hide_texts(name, rules);
    if (name != sent_name || value != sent) places.add(half + name);
    hidden.add(std::move(name), std::move(value));
  }
  headers = std::move(hidden);
}

// The scope of a signature says what was called, so all of it stays but the key and the signature.
void hide_signature(Headers& headers, Places& places) {
  const std::string* const found = headers.find("Authorization");
  if (found == nullptr) return;
  places.add("request.headers.Authorization");
  std::string value = *found;
  if (value.starts_with("AWS4-")) {
    const std::size_t key = value.find("Credential=");
    const std::size_t slash = key == std::string::npos ? key : value.find('/', key);
    if (slash != std::string::npos) value.replace(key + 11, slash - key - 11, "<access-key-id>");
    const std::size_t signature = value.find("Signature=");
    if (signature != std::string::npos)
      value.replace(signature + 10, value.find_first_of(", ", signature) - signature - 10,
                    "<signature>");
  } else {
    value = "<authorization>";
  }
  headers.set("Authorization", value);
}

void hide_in_url(std::string& target, std::vector<Secret>& secrets) {
  const std::size_t question = target.find('?');
  if (question == std::string::npos) return;
  const std::string query =
      without_secrets(std::string_view(target).substr(question + 1), true, secrets);
  target.replace(question + 1, std::string::npos, query);
}

// What headers say of a body is true of the one that was sent, not of the one that is kept.
void describe_anew(const Blob& body, Headers& headers) {
  Headers kept;
  for (const auto& [name, value] : headers) {
    // Without a checksum S3 refuses a request that names its algorithm.
    if (is_checksum_header(name) || equal_ignoring_case(name, "x-amz-sdk-checksum-algorithm"))
      continue;
    kept.add(name,
             equal_ignoring_case(name, "Content-Length") ? std::to_string(body.size()) : value);
  }
  headers = std::move(kept);
}

bool may_sign_itself(std::string_view content_type) {
  return content_type.empty() || content_type.starts_with("application/x-www-form-urlencoded") ||
         content_type.starts_with("multipart/form-data");
}

// `tokens` are hidden wherever they stand: an error quotes the headers that it could not verify.
// `opaque`: the body is a user's object, no document that could hold members. True where it was
// changed.
bool hide_in_body(Blob& body, Headers& headers, bool opaque, std::vector<Secret>& secrets,
                  const std::vector<std::string>& tokens, const RedactionRules& rules) {
  const std::string type = lowered(headers.get("Content-Type"));
  if (body.empty() ||
      (secrets.empty() && rules.texts.empty() && tokens.empty() && !may_sign_itself(type)))
    return false;
  if (opaque && rules.texts.empty()) return false;
  const std::string sent = body.to_string();
  std::string text = sent;
  if (!opaque) {
    hide_in_document(text, type, secrets);
    // A document that writes a secret in a way of its own is not kept at all.
    for (const Secret& secret : secrets)
      if (!secret.hidden) text = kHiddenBody;
  }
  for (const std::string& token : tokens) replace_all(text, token, "<session-token>");
  hide_texts(text, rules);
  if (text == sent) return false;
  body = Blob(std::move(text));
  describe_anew(body, headers);
  return true;
}

bool is_object(const Member* member) { return member != nullptr && member->streaming; }

std::vector<std::string> tokens_of(const HttpRequest& request) {
  std::vector<std::string> tokens;
  const std::string_view token = request.headers.get("x-amz-security-token");
  if (token.size() >= 16) tokens.emplace_back(token);
  return tokens;
}

// In a URL a text may be percent-encoded.
void hide_texts_in_url(std::string& target, const RedactionRules& rules) {
  for (const std::string& rule : rules.texts) {
    replace_all(target, rule, uri_encode(kHiddenText));
    replace_all(target, uri_encode(rule), uri_encode(kHiddenText));
  }
}

// The signatures of a body in chunks go on from the request's.
bool hide_chunk_signatures(HttpRequest& request) {
  constexpr std::string_view kName = "chunk-signature=";
  if (!request.headers.get("x-amz-content-sha256").starts_with("STREAMING-AWS4-")) return false;
  bool found = false;
  std::string text = request.body.to_string();
  for (const std::string_view name : {kName, std::string_view("x-amz-trailer-signature:")}) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const std::size_t begin = at + name.size();
      if (begin + 64 > text.size()) continue;
      text.replace(begin, 64, 64, '0');
      found = true;
    }
  }
  request.body = Blob(std::move(text));
  return found;
}

// Wherever they stand: the names of a map's entries are a user's, too.
void hide_texts(Json& value, const RedactionRules& rules) {
  if (value.is_object()) {
    Json hidden = Json::object();
    for (auto& [name, part] : value.items()) {
      std::string key = name;
      hide_texts(key, rules);
      hide_texts(part, rules);
      hidden[key] = std::move(part);
    }
    value = std::move(hidden);
  } else if (value.is_array()) {
    for (auto& part : value) hide_texts(part, rules);
  } else if (value.is_string()) {
    hide_texts(value.get_ref<std::string&>(), rules);
  } else if (value.is_binary()) {
    std::string bytes(value.get_binary().begin(), value.get_binary().end());
    hide_texts(bytes, rules);
    value = binary(bytes);
  }
}

// What is told of a call beside its parameters and result. An error may quote what was sent.
void hide_in_meaning(Meaning& meaning, const std::vector<std::string>& tokens,
                     const RedactionRules& rules, Places& places) {
  const std::string error = meaning.error_code + meaning.error_message;
  for (const std::string& token : tokens)
    replace_all(meaning.error_message, token, "<session-token>");
  for (std::string* text : {&meaning.region, &meaning.error_code, &meaning.error_message})
    hide_texts(*text, rules);
  places.add_if(meaning.error_code + meaning.error_message != error, "_error");
  if (rules.texts.empty()) return;
  const Json parameters = meaning.parameters;
  const Json result = meaning.result;
  hide_texts(meaning.parameters, rules);
  hide_texts(meaning.result, rules);
  places.add_if(meaning.parameters != parameters, "_parameters");
  places.add_if(meaning.result != result, "_result");
}

}  // namespace

bool is_secret(const Member& member, const RedactionRules& rules) {
  return member.shape->sensitive ||
         std::find(kSecretMembers.begin(), kSecretMembers.end(), member.name) !=
             kSecretMembers.end() ||
         std::find(rules.members.begin(), rules.members.end(), member.name) != rules.members.end();
}

void redact(Interaction& interaction, const ServiceModel* model, const RedactionRules& rules) {
  std::vector<Secret> sent;
  std::vector<Secret> received;
  bool sends_object = false;
  bool receives_object = false;
  if (interaction.meaning && model != nullptr) {
    Meaning& meaning = *interaction.meaning;
    const Operation* const operation = model->find_operation(meaning.operation);
    if (operation != nullptr && operation->input != nullptr)
      hide_members(*operation->input, meaning.parameters, rules, sent);
    if (operation != nullptr && operation->output != nullptr)
      hide_members(*operation->output, meaning.result, rules, received);
    sends_object = operation != nullptr && is_object(operation->streaming_input());
    receives_object = operation != nullptr && interaction.exchange.response.status < 300 &&
                      is_object(operation->streaming_output());
  }
  HttpRequest& request = interaction.exchange.request;
  HttpResponse& response = interaction.exchange.response;
  Places places(interaction.redactions);
  places.add_members("_parameters.", sent);
  places.add_members("_result.", received);
  const std::vector<std::string> tokens = tokens_of(request);
  if (interaction.meaning) hide_in_meaning(*interaction.meaning, tokens, rules, places);
  hide_signature(request.headers, places);
  // What one half holds, the other may say too: it is looked for, and need not be there.
  const auto add = [](const std::vector<Secret>& from, std::vector<Secret>& to) {
    for (Secret secret : from) {
      secret.hidden = true;
      to.push_back(std::move(secret));
    }
  };
  const std::vector<Secret> of_request = sent;
  add(received, sent);
  add(of_request, received);
  hide_in_headers(request.headers, sent, rules, "request.headers.", places);
  const std::string url = request.scheme + request.host + request.target;
  for (Secret& secret : sent)
    if (replace_in_path(request, secret.text, secret.placeholder)) secret.hidden = true;
  hide_in_url(request.target, sent);
  hide_texts_in_url(request.target, rules);
  for (std::string* text : {&request.method, &request.scheme, &request.host})
    hide_texts(*text, rules);
  places.add_if(request.scheme + request.host + request.target != url, "request.url");
  places.add_if(hide_chunk_signatures(request), "request.postData");
  places.add_if(hide_in_body(request.body, request.headers, sends_object, sent, {}, rules),
                "request.postData");
  hide_in_headers(response.headers, received, rules, "response.headers.", places);
  places.add_if(
      hide_in_body(response.body, response.headers, receives_object, received, tokens, rules),
      "response.content");
}

}  // namespace cloudchamber
