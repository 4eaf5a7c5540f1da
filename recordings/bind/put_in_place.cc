#include "recordings/bind/put_in_place.h"

#include <string_view>

#include "sdk/codec/json_text.h"
#include "sdk/codec/uri.h"
#include "sdk/codec/xml.h"
#include "sdk/recording/redact_body.h"

namespace cloudchamber::recordings {
namespace {

std::string in_parameters(std::string_view text, const std::string& from, const std::string& to) {
  std::string result;
  while (!text.empty()) {
    const std::string_view parameter = text.substr(0, text.find('&'));
    const bool more = parameter.size() < text.size();
    text.remove_prefix(parameter.size() + (more ? 1 : 0));
    const std::size_t equals = parameter.find('=');
    if (equals != std::string_view::npos &&
        uri_decode(parameter.substr(equals + 1), true) == from) {
      result.append(parameter.substr(0, equals + 1)).append(uri_encode(to));
    } else {
      result += parameter;
    }
    if (more) result += '&';
  }
  return result;
}

std::string json_string(const std::string& text) {
  std::string quoted;
  append_json_string(quoted, text);
  return quoted;
}

std::string element(const std::string& text) {
  std::string written = ">";
  append_xml_text(written, text);
  return written + '<';
}

}  // namespace

void put_in_place(HttpRequest& request, bool is_object, const std::string& from,
                  const std::string& to) {
  replace_in_path(request, from, to);
  if (const std::string query(request.query()); !query.empty())
    request.target = std::string(request.path()) + '?' + in_parameters(query, from, to);
  Headers headers;
  for (const auto& [name, value] : request.headers) headers.add(name, value == from ? to : value);
  request.headers = std::move(headers);
  if (is_object || request.body.empty()) return;
  const std::string body = request.body.to_string();
  std::string changed = body;
  const std::string_view type = request.headers.get("Content-Type");
  if (type.starts_with("application/x-www-form-urlencoded") || body.starts_with("Action=")) {
    changed = in_parameters(body, from, to);
  } else {
    replace_all(changed, json_string(from), json_string(to));
    replace_all(changed, element(from), element(to));
  }
  if (changed == body) return;
  if (request.headers.contains("Content-Length"))
    request.headers.set("Content-Length", std::to_string(changed.size()));
  request.body = Blob(std::move(changed));
}

}  // namespace cloudchamber::recordings
