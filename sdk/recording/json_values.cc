#include "sdk/recording/json_values.h"

#include <nlohmann/json.hpp>
#include <string>

#include "sdk/codec/base64.h"

namespace cloudchamber {
namespace {

constexpr const char* kBytes = "_base64";

// `value` with `change` done to its members or elements.
template <class Change>
Json changed(const Json& value, Change change) {
  Json result = value;
  for (auto& part : result) part = change(part);
  return result;
}

}  // namespace

Json without_bytes(const Json& value) {
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    return {{kBytes, base64_encode(std::string(bytes.begin(), bytes.end()))}};
  }
  return value.is_structured() ? changed(value, without_bytes) : value;
}

Json with_bytes(const Json& value) {
  if (value.is_object() && value.size() == 1 && value.contains(kBytes) &&
      value[kBytes].is_string()) {
    if (const auto bytes = base64_decode(value[kBytes].get_ref<const std::string&>()))
      return Json::binary({bytes->begin(), bytes->end()});
  }
  return value.is_structured() ? changed(value, with_bytes) : value;
}

}  // namespace cloudchamber
