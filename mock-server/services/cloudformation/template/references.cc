#include "mock-server/services/cloudformation/template/references.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/functions.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using Kind = Reference::Kind;

class Collector {
 public:
  explicit Collector(const Conditions* conditions) : conditions_(conditions) {}

  void walk(const Json& value) {
    const std::string_view function = function_of(value);
    if (function.empty()) {
      if (value.is_structured()) {
        for (const auto& inner : value) walk(inner);
      }
      return;
    }
    const Json& argument = value.begin().value();
    if (function == "Ref" && argument.is_string()) {
      found.push_back({Kind::kRef, argument.get<std::string>(), ""});
    } else if (function == "Fn::GetAtt") {
      get_att(argument);
    } else if (function == "Fn::Sub") {
      sub(argument);
    } else if (function == "Fn::If" && argument.is_array() && argument.size() == 3 &&
               argument[0].is_string()) {
      if_else(argument);
    } else {
      walk(argument);
    }
  }

  std::vector<Reference> found;

 private:
  void get_att(const Json& argument) {
    if (argument.is_string()) {
      const std::string text = argument.get<std::string>();
      const std::size_t dot = text.find('.');
      if (dot != std::string::npos)
        found.push_back({Kind::kGetAtt, text.substr(0, dot), text.substr(dot + 1)});
    } else if (argument.is_array() && argument.size() == 2 && argument[0].is_string()) {
      const bool literal = argument[1].is_string();
      found.push_back({Kind::kGetAtt, argument[0].get<std::string>(),
                       literal ? argument[1].get<std::string>() : ""});
      if (!literal) walk(argument[1]);
    }
  }

  void sub(const Json& argument) {
    const bool listed = argument.is_array() && argument.size() == 2 && argument[0].is_string() &&
                        argument[1].is_object();
    if (!listed && !argument.is_string()) return;
    const std::string& text =
        listed ? argument[0].get_ref<const std::string&>() : argument.get_ref<const std::string&>();
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
      const std::size_t end = text.find('}', at);
      if (end == std::string::npos) break;
      std::string name = text.substr(at + 2, end - at - 2);
      if (name.starts_with('!')) continue;
      name.erase(0, name.find_first_not_of(' '));
      name.erase(name.find_last_not_of(' ') + 1);
      if (listed && argument[1].contains(name)) continue;
      const std::size_t dot = name.find('.');
      if (dot == std::string::npos) {
        found.push_back({Kind::kRef, name, ""});
      } else {
        found.push_back({Kind::kSubAttribute, name.substr(0, dot), name.substr(dot + 1)});
      }
    }
    if (!listed) return;
    for (const auto& inner : argument[1]) walk(inner);
  }

  void if_else(const Json& argument) {
    const std::string name = argument[0].get<std::string>();
    found.push_back({Kind::kCondition, name, ""});
    if (conditions_ != nullptr) {
      const auto known = conditions_->find(name);
      if (known != conditions_->end()) return walk(argument[known->second ? 1 : 2]);
    }
    walk(argument[1]);
    walk(argument[2]);
  }

  const Conditions* conditions_;
};

// The parts of a resource that may refer to others.
std::vector<Reference> references_of(const Json& definition, const Conditions* conditions) {
  Collector collector(conditions);
  for (const char* part : {"Properties", "Metadata", "CreationPolicy", "UpdatePolicy"})
    collector.walk(member(definition, part));
  return std::move(collector.found);
}

class Checker {
 public:
  explicit Checker(const Json& body)
      : resources_(section(body, "Resources")),
        parameters_(section(body, "Parameters")),
        conditions_(section(body, "Conditions")) {}

  void check(const std::vector<Reference>& references) {
    for (const Reference& one : references) {
      switch (one.kind) {
        case Kind::kRef:
          if (!resources_.contains(one.name) && !parameters_.contains(one.name) &&
              !is_pseudo_parameter(one.name))
            unresolved.insert(one.name);
          break;
        case Kind::kGetAtt:
          if (!resources_.contains(one.name))
            throw template_error("instance of Fn::GetAtt references undefined resource " +
                                 one.name);
          break;
        case Kind::kSubAttribute:
          if (!resources_.contains(one.name))
            throw template_error("instance of Fn::Sub references invalid resource attribute " +
                                 one.name + "." + one.attribute);
          break;
        case Kind::kCondition:
          if (!conditions_.contains(one.name))
            throw template_error("unresolved condition dependency " + one.name + " in Fn::If");
          break;
      }
    }
  }
  void check_condition(const Json& definition, const char* block) const {
    const Json& name = member(definition, "Condition");
    if (name.is_string() && !conditions_.contains(name.get_ref<const std::string&>()))
      throw template_format_error("Unresolved condition dependency " + name.get<std::string>() +
                                  " in the " + block + " block of the template");
  }
  void check_depends_on(const Json& definition) {
    for (const std::string& name : depends_on(definition)) {
      if (!resources_.contains(name)) unresolved.insert(name);
    }
  }
  void refuse_unresolved(const char* block) const {
    if (unresolved.empty()) return;
    throw template_format_error("Unresolved resource dependencies " +
                                listed({unresolved.begin(), unresolved.end()}) + " in the " +
                                block + " block of the template");
  }

  std::set<std::string> unresolved;

 private:
  const Json& resources_;
  const Json& parameters_;
  const Json& conditions_;
};

bool holds(const Json& definition, const Conditions& conditions) {
  const Json& name = member(definition, "Condition");
  if (!name.is_string()) return true;
  const auto found = conditions.find(name.get_ref<const std::string&>());
  return found == conditions.end() || found->second;
}

}  // namespace

std::vector<Reference> references_in(const Json& value, const Conditions* conditions) {
  Collector collector(conditions);
  collector.walk(value);
  return std::move(collector.found);
}

bool is_pseudo_parameter(const std::string& name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue",   "AWS::Partition",
      "AWS::Region",    "AWS::StackId",          "AWS::StackName", "AWS::URLSuffix"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void check_references(const Json& body) {
  Checker conditions(body);
  conditions.check(references_in(section(body, "Conditions"), nullptr));
  for (const Reference& one : references_in(section(body, "Conditions"), nullptr)) {
    if (one.kind != Kind::kCondition && section(body, "Resources").contains(one.name))
      conditions.unresolved.insert(one.name);
  }
  if (!conditions.unresolved.empty()) {
    throw template_format_error(
        "Unresolved dependencies " +
        listed({conditions.unresolved.begin(), conditions.unresolved.end()}) +
        ". Cannot reference resources in the Conditions block of the template");
  }
  Checker resources(body);
  for (const auto& [id, definition] : section(body, "Resources").items()) {
    resources.check(references_of(definition, nullptr));
    resources.check_depends_on(definition);
    resources.check_condition(definition, "Resources");
  }
  resources.refuse_unresolved("Resources");
  Checker outputs(body);
  for (const auto& [id, output] : section(body, "Outputs").items()) {
    outputs.check(references_in(output, nullptr));
    outputs.check_condition(output, "Outputs");
  }
  outputs.refuse_unresolved("Outputs");
}

std::vector<std::string> enabled_outputs(const Json& body, const Conditions& conditions) {
  std::vector<std::string> names;
  for (const auto& [name, output] : section(body, "Outputs").items()) {
    if (holds(output, conditions)) names.push_back(name);
  }
  return names;
}

Needs resource_needs(const Json& body, const Conditions& conditions) {
  const Json& resources = section(body, "Resources");
  Needs needs;
  for (const auto& [id, definition] : resources.items()) {
    if (holds(definition, conditions)) needs[id];
  }
  std::set<std::string> missing;
  for (auto& [id, needed] : needs) {
    const Json& definition = resources[id];
    for (const Reference& one : references_of(definition, &conditions)) {
      if (one.kind == Kind::kCondition || !resources.contains(one.name)) continue;
      (needs.contains(one.name) ? needed : missing).insert(one.name);
    }
    // What is not to be need not be waited for.
    for (const std::string& name : depends_on(definition)) {
      if (needs.contains(name)) needed.insert(name);
    }
  }
  if (!missing.empty()) {
    throw template_format_error("Unresolved resource dependencies " +
                                listed({missing.begin(), missing.end()}) +
                                " in the Resources block of the template");
  }
  for (const std::string& name : enabled_outputs(body, conditions)) {
    for (const Reference& one : references_in(section(body, "Outputs")[name], &conditions)) {
      if (one.kind != Kind::kCondition && resources.contains(one.name) && !needs.contains(one.name))
        missing.insert(one.name);
    }
  }
  if (!missing.empty()) {
    throw validation_error("Unresolved resource dependencies " +
                           listed({missing.begin(), missing.end()}) +
                           " in the Outputs block of the template");
  }
  check_circles(needs);
  return needs;
}

void check_circles(const Needs& needs) {
  Needs left = needs;
  for (bool changed = true; changed;) {
    changed = false;
    std::set<std::string> needed;
    for (const auto& [id, of] : left) {
      for (const std::string& one : of) {
        if (left.contains(one)) needed.insert(one);
      }
    }
    for (auto one = left.begin(); one != left.end();) {
      const bool free = std::none_of(one->second.begin(), one->second.end(),
                                     [&](const std::string& id) { return left.contains(id); });
      // Neither in a circle nor between two is what needs nothing or what nothing needs.
      if (free || !needed.contains(one->first)) {
        one = left.erase(one);
        changed = true;
      } else {
        ++one;
      }
    }
  }
  if (left.empty()) return;
  std::vector<std::string> names;
  for (const auto& [id, of] : left) names.push_back(id);
  throw validation_error("Circular dependency between resources: " + listed(names));
}

}  // namespace cloudchamber::mock::cloudformation
