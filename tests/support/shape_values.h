// Made-up values of a shape: for tests that hold for every operation of every model.
//
// Deterministic: the same options and shape give the same value. Not thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::test {

class ShapeValues {
 public:
  enum class Fill {
    kAll,       // every member, two elements in every list and map
    kRequired,  // only what is required
    kEmpty,     // every member, strings, lists and maps being empty
  };

  // `turn` chooses among a union's members and an enum's values.
  ShapeValues(Fill fill, std::size_t turn) : fill_(fill), turn_(turn) {}

  // Members that stream are left out, and so are event streams.
  [[nodiscard]] Json structure(const Shape& shape);

 private:
  Json value(const Member& member);
  Json text(const Member& member);
  Json list(const Shape& shape, Location location);
  Json map(const Shape& shape, Location location);

  Fill fill_;
  std::size_t turn_;
  std::map<const Shape*, std::size_t> open_;  // structures that the value is inside of
};

}  // namespace cloudchamber::test
