#include "mock-server/services/cloudformation/template/template.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/language_extensions.h"
#include "mock-server/services/cloudformation/template/structure.h"
#include "mock-server/services/cloudformation/template/template_text.h"

namespace cloudchamber::mock::cloudformation {
namespace {

// Evaluates each condition once, whichever asks for it first.
class ConditionScope : public Scope {
 public:
  ConditionScope(const Json& body, const Scope& outer)
      : definitions_(section(body, "Conditions")), outer_(outer) {}

  [[nodiscard]] const Json* parameter(const std::string& name) const override {
    return outer_.parameter(name);
  }
  [[nodiscard]] Json resource(const std::string& id) const override { return outer_.resource(id); }
  [[nodiscard]] Json attribute(const std::string& id, const std::string& name) const override {
    return outer_.attribute(id, name);
  }
  [[nodiscard]] Json import_value(const std::string& name) const override {
    return outer_.import_value(name);
  }
  [[nodiscard]] Json availability_zones(const std::string& region) const override {
    return outer_.availability_zones(region);
  }
  [[nodiscard]] const Json& mappings() const override { return outer_.mappings(); }
  [[nodiscard]] bool has_language_extensions() const override {
    return outer_.has_language_extensions();
  }
  [[nodiscard]] bool condition(const std::string& name) const override {
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    const auto definition = definitions_.find(name);
    if (definition == definitions_.end())
      throw template_error("unresolved condition dependency " + name);
    if (std::find(open_.begin(), open_.end(), name) != open_.end()) {
      throw template_error("Found circular condition dependency between " + open_.back() + " and " +
                           name);
    }
    open_.push_back(name);
    const bool value = Resolver(*this).condition_of(*definition);
    open_.pop_back();
    known_[name] = value;
    return value;
  }
  [[nodiscard]] const Conditions& all() const {
    for (const auto& [name, definition] : definitions_.items()) (void)condition(name);
    return known_;
  }

 private:
  const Json& definitions_;
  const Scope& outer_;
  mutable Conditions known_;
  mutable std::vector<std::string> open_;
};

void carry_out_transforms(Json& body) {
  constexpr std::array<std::string_view, 5> kOfAws = {
      "AWS::Serverless", "AWS::Include", "AWS::SecretsManager", "AWS::CodeDeployBlueGreen",
      "AWS::ServiceCatalog"};
  for (const std::string& name : transforms_of(body)) {
    if (name == kLanguageExtensions) {
      body = expand_language_extensions(std::move(body));
      continue;
    }
    if (std::any_of(kOfAws.begin(), kOfAws.end(),
                    [&](std::string_view known) { return name.starts_with(known); }))
      throw not_implemented("The transform " + name);
    throw validation_error("No transform named " + name + " found.");
  }
}

}  // namespace

Json read_template(std::string_view text) {
  Json body = parse_template(text);
  carry_out_transforms(body);
  check_structure(body);
  check_references(body);
  return body;
}

Conditions evaluate_conditions(const Json& body, const Scope& scope) {
  return ConditionScope(body, scope).all();
}

std::vector<std::string> resource_types(const Json& body) {
  std::set<std::string> types;
  for (const auto& [id, definition] : section(body, "Resources").items())
    types.insert(definition.at("Type").get<std::string>());
  return {types.begin(), types.end()};
}

}  // namespace cloudchamber::mock::cloudformation
