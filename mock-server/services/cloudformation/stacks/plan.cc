#include "mock-server/services/cloudformation/stacks/plan.h"

#include <algorithm>
#include <memory>
#include <set>

#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/stacks/stack_scope.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

const Property* property_of(std::string_view type, std::string_view property) {
  const ResourceType* known = find_type(type);
  return known == nullptr ? nullptr : known->find(property);
}

const char* recreation(std::string_view type, std::string_view property) {
  const ResourceType* known = find_type(type);
  const Property* found = property_of(type, property);
  const bool always = (found != nullptr && found->on_change == OnChange::kReplace) ||
                      (known != nullptr && known->update == nullptr);
  return always ? "Always" : "Never";
}

class Planner {
 public:
  Planner(const Call& call, const Stacks& stacks, const Stack& stack, const Blueprint& next,
          const Conditions& conditions)
      : stack_(stack),
        next_(next),
        conditions_(conditions),
        expected_(stack.resources),
        scope_({call, stacks, stack.id, stack.name, next, conditions, expected_}) {
    for (const Reference& one : references_in(next.body, &conditions)) {
      if (!one.attribute.empty()) attributes_asked_[one.name].insert(one.attribute);
    }
  }

  void plan(const std::string& id) {
    const Json& definition = section(next_.body, "Resources")[id];
    const std::string type = definition.at("Type").get<std::string>();
    const Json properties = Resolver(scope_).value_of(section(definition, "Properties"));
    const auto found = stack_.resources.find(id);
    if (found == stack_.resources.end()) {
      changes.push_back({.action = "Add",
                         .logical_id = id,
                         .type = type,
                         .before = nullptr,
                         .after = properties});
      expect_new(id, type);
      return;
    }
    const Resource& now = found->second;
    Change change{.action = "Modify",
                  .logical_id = id,
                  .physical_id = now.physical_id,
                  .type = type,
                  .replacement = "False",
                  .before = now.properties,
                  .after = properties};
    if (type != now.type) change.replacement = "True";
    for (const std::string& name : differing(now.properties, properties)) {
      const Property* property = property_of(type, name);
      if (property != nullptr && property->on_change == OnChange::kIgnored) continue;
      change.scope.insert("Properties");
      explain(change, definition, now, name);
    }
    if (needs_replacement(type, now.properties, properties)) {
      // A value that only carrying it out will tell may turn out to be the same.
      const std::string text = properties.dump(-1, ' ', false, Json::error_handler_t::replace);
      change.replacement = text.find(kKnownAfterApply) == std::string::npos ||
                                   !only_unknown(type, now.properties, properties)
                               ? "True"
                               : "Conditional";
    }
    for (const char* part :
         {"Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"}) {
      if (member(now.definition, part) == member(definition, part)) continue;
      change.scope.insert(part);
      change.details.push_back({{"Target", {{"Attribute", part}, {"RequiresRecreation", "Never"}}},
                                {"Evaluation", "Static"},
                                {"ChangeSource", "DirectModification"}});
    }
    // A child may have changed though its URL has not.
    if (type == kStackType && change.scope.empty()) {
      const bool tags = next_.tags != stack_.blueprint.tags;
      if (tags) change.scope.insert("Tags");
    }
    if (next_.tags != stack_.blueprint.tags && takes_tags(type)) {
      change.scope.insert("Tags");
      change.details.push_back(
          {{"Target", {{"Attribute", "Tags"}, {"RequiresRecreation", "Never"}}},
           {"Evaluation", "Static"},
           {"ChangeSource", "DirectModification"}});
    }
    if (change.scope.empty()) return;
    if (change.replacement == "True") {
      change.policy_action =
          now.update_replace_policy == "Retain" ? "ReplaceAndRetain" : "ReplaceAndDelete";
      expect_new(id, type);
    } else {
      for (auto& [name, value] : expected_[id].attributes.items()) {
        if (depends_on_changes(type, name)) value = kKnownAfterApply;
      }
    }
    changed_.insert(id);
    changes.push_back(std::move(change));
  }

  void remove(const std::string& id, const Resource& now) {
    changes.push_back(
        {.action = "Remove",
         .logical_id = id,
         .physical_id = now.physical_id,
         .type = now.type,
         .policy_action = now.deletion_policy.starts_with("Retain") ? "Retain" : "Delete",
         .before = now.properties,
         .after = nullptr});
  }

  std::vector<Change> changes;

 private:
  static bool takes_tags(std::string_view type) { return property_of(type, "Tags") != nullptr; }
  static bool depends_on_changes(std::string_view type, std::string_view attribute) {
    return type == kStackType && attribute.starts_with("Outputs.");
  }

  // Whether no replacing property has a known new value.
  static bool only_unknown(std::string_view type, const Json& before, const Json& after) {
    for (const std::string& name : differing(before, after)) {
      if (recreation(type, name) != std::string_view("Always")) continue;
      const std::string text =
          member(after, name).dump(-1, ' ', false, Json::error_handler_t::replace);
      if (text.find(kKnownAfterApply) == std::string::npos) return false;
    }
    return true;
  }

  void expect_new(const std::string& id, const std::string& type) {
    Resource& made = expected_[id];
    made.type = type;
    made.physical_id = kKnownAfterApply;
    made.attributes = Json::object();
    if (const ResourceType* known = find_type(type)) {
      for (const std::string_view name : known->attributes)
        made.attributes[std::string(name)] = kKnownAfterApply;
    }
    for (const std::string& name : attributes_asked_[id]) made.attributes[name] = kKnownAfterApply;
    changed_.insert(id);
  }

  // A detail for each cause of a property's change.
  void explain(Change& change, const Json& definition, const Resource& now,
               const std::string& name) const {
    Json target{{"Attribute", "Properties"},
                {"Name", name},
                {"RequiresRecreation", recreation(change.type, name)}};
    const Json& text = member(section(definition, "Properties"), name);
    const Json& had = member(section(now.definition, "Properties"), name);
    bool caused = false;
    std::set<std::string> told;
    for (const Reference& one : references_in(text, &conditions_)) {
      std::string entity = one.name;
      const char* source = "ParameterReference";
      if (changed_.contains(one.name)) {
        source = one.kind == Reference::Kind::kRef ? "ResourceReference" : "ResourceAttribute";
        if (!one.attribute.empty()) entity += '.' + one.attribute;
      } else {
        const auto value = next_.parameters.find(one.name);
        const auto before = stack_.blueprint.parameters.find(one.name);
        if (value == next_.parameters.end() || before == stack_.blueprint.parameters.end() ||
            value->second == before->second)
          continue;
        caused = true;
      }
      if (!told.insert(entity).second) continue;
      change.details.push_back({{"Target", target},
                                {"Evaluation", "Static"},
                                {"ChangeSource", source},
                                {"CausingEntity", entity}});
    }
    const bool direct = text != had;
    if (direct || caused || told.empty()) {
      change.details.push_back({{"Target", target},
                                {"Evaluation", direct || told.empty() ? "Static" : "Dynamic"},
                                {"ChangeSource", "DirectModification"}});
    }
  }

  const Stack& stack_;
  const Blueprint& next_;
  const Conditions& conditions_;
  Resources expected_;
  StackScope scope_;
  std::map<std::string, std::set<std::string>> attributes_asked_;
  std::set<std::string> changed_;
};

}  // namespace

std::vector<std::string> differing(const Json& before, const Json& after) {
  std::vector<std::string> names;
  for (const auto& [name, value] : before.items()) {
    if (member(after, name) != value) names.push_back(name);
  }
  for (const auto& [name, value] : after.items()) {
    if (!before.contains(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool needs_replacement(std::string_view type, const Json& before, const Json& after) {
  const std::vector<std::string> names = differing(before, after);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return recreation(type, name) == std::string_view("Always");
  });
}

std::vector<Change> plan_changes(const Call& call, const Stacks& stacks, const Stack& stack,
                                 const Blueprint& next, const Conditions& conditions,
                                 const Needs& needs) {
  Planner planner(call, stacks, stack, next, conditions);
  // What others need comes first.
  std::set<std::string> done;
  while (done.size() < needs.size()) {
    for (const auto& [id, needed] : needs) {
      const bool ready = std::all_of(needed.begin(), needed.end(),
                                     [&](const std::string& one) { return done.contains(one); });
      if (ready && !done.contains(id)) {
        planner.plan(id);
        done.insert(id);
      }
    }
  }
  for (const auto& [id, resource] : stack.resources) {
    if (!needs.contains(id)) planner.remove(id, resource);
  }
  std::sort(planner.changes.begin(), planner.changes.end(),
            [](const Change& a, const Change& b) { return a.logical_id < b.logical_id; });
  return std::move(planner.changes);
}

}  // namespace cloudchamber::mock::cloudformation
