// The words of service descriptions: types, locations, formats, protocols. Only for the builder.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sdk/model/ordered_value.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

template <typename Value, std::size_t kSize>
using Names = std::array<std::pair<std::string_view, Value>, kSize>;

template <typename Value, std::size_t kSize>
std::optional<Value> value_named(const Names<Value, kSize>& names, std::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

inline constexpr Names<ShapeType, 12> kTypes = {{{"structure", ShapeType::kStructure},
                                                 {"string", ShapeType::kString},
                                                 {"list", ShapeType::kList},
                                                 {"integer", ShapeType::kInteger},
                                                 {"boolean", ShapeType::kBoolean},
                                                 {"timestamp", ShapeType::kTimestamp},
                                                 {"long", ShapeType::kLong},
                                                 {"map", ShapeType::kMap},
                                                 {"double", ShapeType::kDouble},
                                                 {"blob", ShapeType::kBlob},
                                                 {"float", ShapeType::kFloat},
                                                 {"character", ShapeType::kString}}};

inline constexpr Names<Location, 6> kLocations = {{{"header", Location::kHeader},
                                                   {"headers", Location::kHeaders},
                                                   {"querystring", Location::kQueryString},
                                                   {"uri", Location::kUri},
                                                   {"statusCode", Location::kStatusCode},
                                                   {"body", Location::kBody}}};

inline constexpr Names<TimestampFormat, 3> kTimestampFormats = {
    {{"iso8601", TimestampFormat::kIso8601},
     {"rfc822", TimestampFormat::kRfc822},
     {"unixTimestamp", TimestampFormat::kUnix}}};

inline constexpr Names<Protocol, 7> kProtocols = {{{"smithy-rpc-v2-cbor", Protocol::kRpcV2Cbor},
                                                   {"rpc-v2-cbor", Protocol::kRpcV2Cbor},
                                                   {"json", Protocol::kJson},
                                                   {"rest-json", Protocol::kRestJson},
                                                   {"rest-xml", Protocol::kRestXml},
                                                   {"query", Protocol::kQuery},
                                                   {"ec2", Protocol::kEc2}}};

struct XmlNamespace {
  std::string uri;
  std::string prefix;
};

// Stated as a string or as {"uri": ..., "prefix": ...}.
inline XmlNamespace xml_namespace_in(const OrderedValue& source) {
  const OrderedValue* stated = source.find("xmlNamespace");
  if (stated == nullptr) return {};
  if (stated->kind == OrderedValue::Kind::kString) return {stated->text, ""};
  return {stated->text_of("uri"), stated->text_of("prefix")};
}

inline TimestampFormat timestamp_format_in(const OrderedValue& source) {
  return value_named(kTimestampFormats, source.text_of("timestampFormat"))
      .value_or(TimestampFormat::kUnset);
}

}  // namespace cloudchamber
