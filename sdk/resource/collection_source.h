// What a collection and its pages are made of.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "cloudchamber/collection.h"
#include "sdk/resource/resource_core.h"

namespace cloudchamber {

// Immutable, so that collections share it; whoever changes it makes a new one.
struct Collection::Source {
  Resource parent;  // a copy, whose data is loaded for this collection where it needs any
  const CollectionModel* model = nullptr;  // of the parent's type
  Json parameters;                         // of all filters
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> page_size;
};

}  // namespace cloudchamber
