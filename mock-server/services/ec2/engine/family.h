// Family: kinds that belong together with their operations, as one file of this service declares
// them. families.cc lists them all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mock-server/services/ec2/engine/kind.h"
#include "mock-server/services/ec2/engine/origin.h"
#include "mock-server/services/ec2/engine/run.h"

namespace cloudchamber::mock::ec2 {

// One line of the service's table: {"CreateVpc", writes<create_vpc>}.
struct Line {
  std::string_view operation;
  std::variant<Json (*)(Call&, Ec2&), Json (*)(Call&, const Ec2&)> handler;
};

struct Family {
  std::vector<const Kind*> kinds;
  std::vector<Line> operations;

  // Told of every resource of any kind when it has been put into the state (is about to be taken
  // out): how a new VPC gets its main route table. Null for families that don't care.
  void (*created)(const Origin& origin, Ec2& state, const Kind& kind,
                  const std::string& id) = nullptr;
  void (*deleting)(const Origin& origin, Ec2& state, const Kind& kind,
                   const std::string& id) = nullptr;
};

// In families.cc.
[[nodiscard]] const std::vector<Family>& families();

// The kind of that type (that an id is of, by its prefix), else null.
[[nodiscard]] const Kind* kind_of_type(std::string_view type);
[[nodiscard]] const Kind* kind_of_id(std::string_view id);

}  // namespace cloudchamber::mock::ec2
