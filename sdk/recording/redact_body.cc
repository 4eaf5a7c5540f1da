#include "sdk/recording/redact_body.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/json.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

constexpr int kMaxDepth = 200;

std::string xml_escaped(std::string_view text, bool quotes) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"' && quotes)
      escaped += "&quot;";
    else if (c == '\'' && quotes)
      escaped += "&apos;";
    else
      escaped += c;
  }
  return escaped;
}

std::string json_string(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  return quoted;
}

bool replace_known(std::string& body, const std::string& from, const std::string& to) {
  if (body.find(from) == std::string::npos) return false;
  replace_all(body, from, to);
  return true;
}

std::string placeholder_of_base64(const Secret& secret) {
  return secret.blob ? base64_encode(secret.placeholder) : secret.placeholder;
}

// What stands for `value` where it is the secret, in a document; else nothing.
std::optional<std::string> placeholder_for(std::string_view value, const Secret& secret) {
  if (value == secret.text) return secret.placeholder;
  if (value == base64_encode(secret.text)) return placeholder_of_base64(secret);
  return std::nullopt;
}

void hide_text(std::string& body, Secret& secret) {
  const std::pair<std::string, std::string> forms_of[] = {
      {secret.text, secret.placeholder},
      {base64_encode(secret.text), placeholder_of_base64(secret)}};
  for (const auto& [text, placeholder] : forms_of) {
    if (is_utf8(text) && replace_known(body, json_string(text), json_string(placeholder)))
      secret.hidden = true;
    const std::string element = ">" + xml_escaped(placeholder, false) + "<";
    for (const std::string& form : {text, xml_escaped(text, false), xml_escaped(text, true)})
      if (replace_known(body, ">" + form + "<", element)) secret.hidden = true;
  }
}

bool hide_in_json(Json& value, Secret& secret) {
  bool hidden = false;
  if (value.is_structured()) {
    for (auto& part : value) hidden = hide_in_json(part, secret) || hidden;
  } else if (value.is_string()) {
    if (auto placeholder = placeholder_for(value.get_ref<const std::string&>(), secret)) {
      value = *std::move(placeholder);
      hidden = true;
    }
  }
  return hidden;
}

// JSON has several ways to write a text, of which the plain search knows one.
void hide_in_parsed(std::string& body, std::vector<Secret>& secrets) {
  bool too_deep = false;
  Json document = Json::parse(
      body,
      [&](int depth, Json::parse_event_t, const Json&) {
        too_deep = too_deep || depth > kMaxDepth;
        return depth <= kMaxDepth;
      },
      false);
  if (document.is_discarded() || too_deep) return;
  bool hidden = false;
  for (Secret& secret : secrets) {
    if (secret.hidden || !hide_in_json(document, secret)) continue;
    secret.hidden = true;
    hidden = true;
  }
  if (hidden) body = document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// What stands for the value of this parameter whatever it is; null when nothing does.
const char* placeholder_of(std::string_view name) {
  if (equal_ignoring_case(name, "X-Amz-Signature") || name == "Signature") return "<signature>";
  if (equal_ignoring_case(name, "X-Amz-Security-Token") || name == "SecurityToken")
    return "<session-token>";
  if (name == "AWSAccessKeyId" || equal_ignoring_case(name, "X-Amz-Credential"))
    return "<access-key-id>";
  return nullptr;
}

// <input name="X-Amz-Signature"> of an upload by a browser's form.
void hide_in_multipart(std::string& body) {
  for (std::size_t at = body.find("name=\""); at != std::string::npos;
       at = body.find("name=\"", at + 1)) {
    const std::size_t end = body.find('"', at + 6);
    if (end == std::string::npos) return;
    const char* const placeholder =
        placeholder_of(std::string_view(body).substr(at + 6, end - at - 6));
    const std::size_t begin = body.find("\r\n\r\n", end);
    if (placeholder == nullptr || begin == std::string::npos) continue;
    const std::size_t stop = body.find("\r\n--", begin + 4);
    if (stop != std::string::npos) body.replace(begin + 4, stop - begin - 4, placeholder);
  }
}

}  // namespace

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string without_secrets(std::string_view query, bool plus_is_space,
                            std::vector<Secret>& secrets) {
  std::string result;
  result.reserve(query.size());
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const bool more = pair.size() < query.size();
    query.remove_prefix(pair.size() + (more ? 1 : 0));
    const std::string_view name = pair.substr(0, pair.find('='));
    std::string_view kept;  // behind the placeholder
    std::string placeholder;
    if (const char* const known = placeholder_of(name)) {
      placeholder = known;
      // Of the scope of a signature the key alone is left out.
      const std::size_t scope = std::min(pair.find("%2F"), pair.find('/'));
      if (equal_ignoring_case(name, "X-Amz-Credential") && scope != std::string_view::npos)
        kept = pair.substr(scope);
    } else if (!secrets.empty() && name.size() < pair.size()) {
      const std::string value = uri_decode(pair.substr(name.size() + 1), plus_is_space);
      for (Secret& secret : secrets) {
        auto instead = placeholder_for(value, secret);
        if (!instead) continue;
        secret.hidden = true;
        placeholder = *std::move(instead);
      }
    }
    if (placeholder.empty()) {
      result += pair;
    } else {
      result.append(name).append("=").append(uri_encode(placeholder)).append(kept);
    }
    if (more) result += '&';
  }
  return result;
}

void hide_in_document(std::string& body, std::string_view content_type,
                      std::vector<Secret>& secrets) {
  // Several recorders leave the type out.
  const bool looks_like_form = content_type.empty() && !body.starts_with('<') &&
                               !body.starts_with('{') && body.find('=') != std::string::npos;
  if (looks_like_form || content_type.starts_with("application/x-www-form-urlencoded")) {
    body = without_secrets(body, true, secrets);
    return;
  }
  if (content_type.starts_with("multipart/form-data")) hide_in_multipart(body);
  for (Secret& secret : secrets) hide_text(body, secret);
  const bool all = std::all_of(secrets.begin(), secrets.end(),
                               [](const Secret& secret) { return secret.hidden; });
  if (!all && content_type.find("json") != std::string_view::npos) hide_in_parsed(body, secrets);
}

bool replace_in_path(HttpRequest& request, const std::string& from, const std::string& to) {
  const bool in_host = !from.empty() && request.host.starts_with(from + ".");
  if (in_host) request.host.replace(0, from.size(), to);
  const std::string sent(request.path());
  const std::string plain = uri_decode(sent) + "/";
  std::string path = plain;
  // Twice, since of "/a/a/" the first takes the slash that the second begins with.
  for (int times = 0; times < 2 && !from.empty(); ++times)
    replace_all(path, "/" + from + "/", "/" + to + "/");
  if (path == plain) return in_host;
  path.pop_back();
  request.target.replace(0, sent.size(), uri_encode(path, true));
  return true;
}

}  // namespace cloudchamber
