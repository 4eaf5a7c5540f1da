// The models that are part of the library: data/<service>.json, compressed by embed_models while
// the library is built.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace cloudchamber {

struct CompiledModel {
  std::string_view name;  // "s3"
  const unsigned char* packed;
  std::size_t packed_size;
  std::size_t size;  // unpacked
};

// By name, in order of bytes.
[[nodiscard]] std::span<const CompiledModel> compiled_models();

// Likewise data/endpoints/: a rule set a service, and "partitions".
[[nodiscard]] std::span<const CompiledModel> compiled_endpoints();

}  // namespace cloudchamber
