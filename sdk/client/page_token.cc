#include "sdk/client/page_token.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"

namespace cloudchamber {
namespace {

constexpr const char* kEncodedKeys = "boto_encoded_keys";
constexpr const char* kSubtypes = "chamber_subtypes";
constexpr const char* kTruncateAmount = "boto_truncate_amount";
constexpr int kDeepest = 100;

// Replaces binary values by base64, noting the way to each and its subtype (null for none).
void encode_binary(Json& value, Json& path, Json& encoded_keys, Json& subtypes) {
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    subtypes.push_back(bytes.has_subtype() ? Json(bytes.subtype()) : Json());
    value = base64_encode(bytes_of(value));
    encoded_keys.push_back(path);
  } else if (value.is_object()) {
    for (auto it = value.begin(); it != value.end(); ++it) {
      path.push_back(it.key());
      encode_binary(*it, path, encoded_keys, subtypes);
      path.erase(path.size() - 1);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      path.push_back(i);
      encode_binary(value[i], path, encoded_keys, subtypes);
      path.erase(path.size() - 1);
    }
  }
}

// False when `path` leads nowhere.
bool decode_binary(Json& token, const Json& path, const Json& subtype) {
  if (!path.is_array() || path.size() > kDeepest) return false;
  Json* place = &token;
  for (const Json& step : path) {
    if (step.is_string() && place->is_object() && place->contains(step.get<std::string>())) {
      place = &(*place)[step.get<std::string>()];
    } else if (step.is_number_unsigned() && place->is_array() &&
               step.get<std::size_t>() < place->size()) {
      place = &(*place)[step.get<std::size_t>()];
    } else {
      return false;
    }
  }
  if (!place->is_string()) return false;
  const auto bytes = base64_decode(place->get_ref<const std::string&>());
  if (!bytes) return false;
  *place = binary(*bytes);
  if (subtype.is_number_unsigned()) place->get_binary().set_subtype(subtype.get<std::uint64_t>());
  return true;
}

std::optional<Json> decode_current(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (!bytes) return std::nullopt;
  Json token = Json::parse(*bytes, nullptr, false);
  if (!token.is_object()) return std::nullopt;
  const auto encoded_keys = token.find(kEncodedKeys);
  if (encoded_keys == token.end()) return token;
  const Json paths = std::move(*encoded_keys);
  token.erase(kEncodedKeys);
  if (!paths.is_array()) return std::nullopt;
  const auto noted = token.find(kSubtypes);
  const Json subtypes = noted == token.end() ? Json::array() : std::move(*noted);
  token.erase(kSubtypes);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const bool has_subtype = subtypes.is_array() && i < subtypes.size();
    if (!decode_binary(token, paths[i], has_subtype ? subtypes[i] : Json())) return std::nullopt;
  }
  return token;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t at = text.find(separator); at != std::string_view::npos;
       at = text.find(separator)) {
    parts.emplace_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.emplace_back(text);
  return parts;
}

}  // namespace

std::string encode_page_token(const Json& given) {
  Json token = given;
  Json path = Json::array(), encoded_keys = Json::array(), subtypes = Json::array();
  encode_binary(token, path, encoded_keys, subtypes);
  if (!encoded_keys.empty()) token[kEncodedKeys] = std::move(encoded_keys);
  if (std::any_of(subtypes.begin(), subtypes.end(), [](const Json& s) { return !s.is_null(); }))
    token[kSubtypes] = std::move(subtypes);
  return base64_encode(token.dump(-1, ' ', true, Json::error_handler_t::replace));
}

Json decode_page_token(std::string_view text, const std::vector<std::string>& input_tokens) {
  if (auto token = decode_current(text)) return *std::move(token);
  std::vector<std::string> parts = split(text, "___");
  Json token = Json::object();
  if (parts.size() == input_tokens.size() + 1) {
    std::size_t amount = 0;
    const std::string& last = parts.back();
    const auto [stop, error] = std::from_chars(last.data(), last.data() + last.size(), amount);
    if (error == std::errc() && stop == last.data() + last.size()) {
      parts.pop_back();
      token[kTruncateAmount] = amount;
    } else {
      parts = {std::string(text)};
    }
  }
  if (parts.size() > input_tokens.size())
    throw PaginationError("Error during pagination: Bad starting token: " + std::string(text));
  for (std::size_t i = 0; i < input_tokens.size(); ++i) {
    const bool given = i < parts.size() && parts[i] != "None";
    token[input_tokens[i]] = given ? Json(parts[i]) : Json();
  }
  return token;
}

}  // namespace cloudchamber
