// Extensions: what DynamoDB's high level has and JSON lacks, as Json::binary values with a subtype.
// The bytes are normal forms, so that equal values are equal Json.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

// Far from the subtypes of other formats (BSON's and MessagePack's are bytes, CBOR's tags small).
enum class Extension : std::uint64_t {
  kDecimal = 0x64'64'62'00'01,  // its text
  kStringSet,                   // CBOR of an ascending array
  kNumberSet,                   // the same, of the texts
  kBinarySet,
  kAttribute,  // CBOR, see condition_form.cc
  kCondition,
};

// Which extension `json` is, if any.
[[nodiscard]] inline std::optional<Extension> extension_of(const Json& json) {
  if (!json.is_binary() || !json.get_binary().has_subtype()) return std::nullopt;
  const auto subtype = json.get_binary().subtype();
  if (subtype < static_cast<std::uint64_t>(Extension::kDecimal) ||
      subtype > static_cast<std::uint64_t>(Extension::kCondition)) {
    return std::nullopt;
  }
  return Extension{subtype};
}

[[nodiscard]] Json extension_from_bytes(Extension extension, std::string_view bytes);
// `form` as CBOR.
[[nodiscard]] Json extension_from_form(Extension extension, const Json& form);
// What the latter was made of.
[[nodiscard]] Json form_of(const Json& extension);

// What a value is, for people: "a string", "a float", "a condition".
[[nodiscard]] std::string kind_of(const Json& value);

}  // namespace cloudchamber::dynamodb
