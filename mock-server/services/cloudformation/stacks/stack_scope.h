// StackScope: what the names in a stack's template stand for.
#pragma once

#include <map>
#include <string>

#include "mock-server/call/call.h"
#include "mock-server/services/cloudformation/stacks/stacks.h"
#include "mock-server/services/cloudformation/template/functions.h"

namespace cloudchamber::mock::cloudformation {

// Something of the whole stack, not of one resource: an import that nobody exports.
struct StackFailure {
  std::string reason;
};

// Refers to all that it is given; lives for one use of a template.
class StackScope : public Scope {
 public:
  struct Of {
    const Call& call;
    const Stacks& stacks;
    const std::string& stack_id;
    const std::string& stack_name;
    const Blueprint& blueprint;
    const Conditions& conditions;
    const Resources& resources;
  };
  explicit StackScope(const Of& of);

  [[nodiscard]] const Json* parameter(const std::string& name) const override;
  [[nodiscard]] Json resource(const std::string& logical_id) const override;
  [[nodiscard]] Json attribute(const std::string& logical_id,
                               const std::string& name) const override;
  [[nodiscard]] bool condition(const std::string& name) const override;
  // Throws StackFailure when nobody exports the name.
  [[nodiscard]] Json import_value(const std::string& export_name) const override;
  [[nodiscard]] Json availability_zones(const std::string& region) const override;
  [[nodiscard]] const Json& mappings() const override;
  [[nodiscard]] bool has_language_extensions() const override { return extensions_; }

  // The exports that were asked for.
  [[nodiscard]] const std::set<std::string>& imported() const { return imported_; }

 private:
  const Of of_;
  std::map<std::string, Json> parameters_;
  bool extensions_ = false;
  mutable std::set<std::string> imported_;
};

// The conditions of a blueprint. Throws ValidationError.
[[nodiscard]] Conditions conditions_of(const Call& call, const Stacks& stacks,
                                       const std::string& stack_id, const std::string& stack_name,
                                       const Blueprint& blueprint);

// Who exports a name at this time; null for nobody.
struct Export {
  const Stack* stack = nullptr;
  std::string value;
};
[[nodiscard]] Export find_export(const Stacks& stacks, const std::string& name);
// The names of the stacks that import it.
[[nodiscard]] std::vector<std::string> importers_of(const Stacks& stacks, const std::string& name);

}  // namespace cloudchamber::mock::cloudformation
