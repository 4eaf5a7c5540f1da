#include "sdk/recording/redaction.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

// A secret and what stands for it.
struct Secret {
  std::string text;  // or bytes
  std::string placeholder;
};

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
    value = placeholder;
    found.push_back({std::move(text), placeholder});
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

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\r':
        escaped += "&#xD;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string json_string(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  return quoted;
}

// A secret is a whole value: a JSON string, the text of an element, a parameter of a form. So one
// that is short does not take other texts along.
void hide_in_document(std::string& body, const Secret& secret) {
  const std::string in_base64 = base64_encode(secret.text);
  for (const std::string& text : {secret.text, in_base64}) {
    if (is_utf8(text)) replace_all(body, json_string(text), json_string(secret.placeholder));
    for (const std::string& form : {text, xml_escaped(text)})
      replace_all(body, ">" + form + "<", ">" + xml_escaped(secret.placeholder) + "<");
    const std::string encoded = "=" + uri_encode(text);
    const std::string hidden = "=" + uri_encode(secret.placeholder);
    if (body.ends_with(encoded)) body.replace(body.size() - encoded.size(), encoded.size(), hidden);
    replace_all(body, encoded + "&", hidden + "&");
  }
}

void hide_in_headers(Headers& headers, const std::vector<Secret>& secrets,
                     const RedactionRules& rules) {
  Headers hidden;
  for (auto [name, value] : headers) {
    const bool by_rule = std::any_of(
        rules.headers.begin(), rules.headers.end(),
        [&, &header = name](const auto& rule) { return equal_ignoring_case(rule, header); });
    if (by_rule || equal_ignoring_case(name, "x-amz-security-token")) value = "<" + name + ">";
    for (const Secret& secret : secrets)
      if (value == secret.text || value == base64_encode(secret.text)) value = secret.placeholder;
    hidden.add(name, value);
  }
  headers = std::move(hidden);
}

// The scope of a signature says what was called, so all of it stays but the key and the signature.
void hide_signature(Headers& headers) {
  const std::string* const found = headers.find("Authorization");
  if (found == nullptr) return;
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

void hide_in_url(std::string& target) {
  const std::size_t question = target.find('?');
  if (question == std::string::npos) return;
  std::string query = "?";
  std::string_view rest = std::string_view(target).substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::string_view name = pair.substr(0, pair.find('='));
    std::string_view kept;  // behind the placeholder
    const char* placeholder = nullptr;
    if (equal_ignoring_case(name, "X-Amz-Signature") || name == "Signature")
      placeholder = "<signature>";
    if (equal_ignoring_case(name, "X-Amz-Security-Token")) placeholder = "<session-token>";
    if (name == "AWSAccessKeyId") placeholder = "<access-key-id>";
    if (equal_ignoring_case(name, "X-Amz-Credential")) {
      placeholder = "<access-key-id>";
      const std::size_t scope = std::min(pair.find("%2F"), pair.find('/'));
      if (scope != std::string_view::npos) kept = pair.substr(scope);
    }
    if (query.size() > 1) query += '&';
    if (placeholder == nullptr) {
      query += pair;
    } else {
      query.append(name).append("=").append(uri_encode(placeholder)).append(kept);
    }
  }
  target.replace(question, std::string::npos, query);
}

// What headers say of a body is true of the one that was sent, not of the one that is kept.
void describe_anew(const Blob& body, Headers& headers) {
  Headers kept;
  for (const auto& [name, value] : headers) {
    const std::string_view start = std::string_view(name).substr(0, 15);
    if (equal_ignoring_case(start, "x-amz-checksum-") || equal_ignoring_case(name, "x-amz-crc32") ||
        equal_ignoring_case(name, "Content-MD5"))
      continue;
    kept.add(name,
             equal_ignoring_case(name, "Content-Length") ? std::to_string(body.size()) : value);
  }
  headers = std::move(kept);
}

void hide_in_body(Blob& body, Headers& headers, const std::vector<Secret>& secrets,
                  const RedactionRules& rules) {
  if (body.empty() || (secrets.empty() && rules.texts.empty())) return;
  const std::string sent = body.to_string();
  std::string text = sent;
  for (const Secret& secret : secrets) hide_in_document(text, secret);
  for (const std::string& rule : rules.texts)
    if (!rule.empty()) replace_all(text, rule, "<text>");
  if (text == sent) return;
  body = Blob(std::move(text));
  describe_anew(body, headers);
}

void hide_texts(Json& value, const RedactionRules& rules) {
  if (value.is_structured()) {
    for (auto& part : value) hide_texts(part, rules);
  } else if (value.is_string()) {
    for (const std::string& rule : rules.texts)
      if (!rule.empty()) replace_all(value.get_ref<std::string&>(), rule, "<text>");
  }
}

}  // namespace

bool is_secret(const Member& member, const RedactionRules& rules) {
  return member.shape->sensitive ||
         std::find(kSecretMembers.begin(), kSecretMembers.end(), member.name) !=
             kSecretMembers.end() ||
         std::find(rules.members.begin(), rules.members.end(), member.name) != rules.members.end();
}

void redact(Interaction& interaction, const ServiceModel* model, const RedactionRules& rules) {
  std::vector<Secret> secrets;
  if (interaction.meaning && model != nullptr) {
    Meaning& meaning = *interaction.meaning;
    const Operation* const operation = model->find_operation(meaning.operation);
    if (operation != nullptr && operation->input != nullptr)
      hide_members(*operation->input, meaning.parameters, rules, secrets);
    if (operation != nullptr && operation->output != nullptr)
      hide_members(*operation->output, meaning.result, rules, secrets);
    hide_texts(meaning.parameters, rules);
    hide_texts(meaning.result, rules);
  }
  HttpRequest& request = interaction.exchange.request;
  HttpResponse& response = interaction.exchange.response;
  hide_signature(request.headers);
  hide_in_headers(request.headers, secrets, rules);
  hide_in_headers(response.headers, secrets, rules);
  hide_in_url(request.target);
  hide_in_body(request.body, request.headers, secrets, rules);
  hide_in_body(response.body, response.headers, secrets, rules);
}

}  // namespace cloudchamber
