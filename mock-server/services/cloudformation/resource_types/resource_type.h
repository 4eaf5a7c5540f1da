// ResourceType: how one type of resource is created, changed and deleted, by calling public
// operations of its service. One small file a type; registry.cc lists them.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"

namespace cloudchamber::mock::cloudformation {

// What a type's functions see of the resource, and what they may do. Lives for one such function.
class ResourceCall {
 public:
  struct Context {
    // Sees all transitions as over: CloudFormation goes on when a resource is stable.
    const Call& call;
    std::string stack_id;
    std::string stack_name;
    std::string logical_id;
    std::string type;
    const Json& properties;  // resolved; of the properties that the type declares
    const Json& before;      // what they were; an empty object for a new resource
    const Json& stack_tags;
    std::string physical_id;  // "" for a new resource
    Json attributes = Json::object();
    std::vector<std::string> notification_arns;
  };
  explicit ResourceCall(const Context& context) : context_(context) {}

  [[nodiscard]] const Call& call() const { return context_.call; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const std::string& physical_id() const { return context_.physical_id; }
  [[nodiscard]] const Json& properties() const { return context_.properties; }

  // An operation, its input in the form of templates: values are brought to the types that the
  // operation's model states ("5" for a number). Throws what the operation throws, and
  // ValidationError for what the model does not know.
  Json invoke(std::string_view service, std::string_view operation, const Json& input) const;

  // Properties. `find` gives null where there is none.
  [[nodiscard]] const Json* find(std::string_view property) const;
  [[nodiscard]] bool has(std::string_view property) const { return find(property) != nullptr; }
  [[nodiscard]] std::string text_or(std::string_view property, const std::string& fallback) const;
  [[nodiscard]] std::string text(std::string_view property) const { return text_or(property, ""); }
  [[nodiscard]] std::int64_t integer_or(std::string_view property, std::int64_t fallback) const;
  [[nodiscard]] bool flag_or(std::string_view property, bool fallback) const;
  // A list; a single value counts as a list of one.
  [[nodiscard]] Json list(std::string_view property) const;
  // A policy document and the like, as JSON text.
  [[nodiscard]] std::string document(std::string_view property) const;
  [[nodiscard]] bool changed(std::string_view property) const;
  // Those of the named properties that are there, as an object.
  [[nodiscard]] Json pick(std::initializer_list<std::string_view> names) const;

  // The tags of the resource with those of its stack: [{Key, Value}].
  [[nodiscard]] Json tags(std::string_view property = "Tags") const;

  // "stack-Logical-1A2B3C4D5E6F", cut to what the service allows.
  [[nodiscard]] std::string generated_name(std::size_t max_length = 64) const;
  // The property's name, else a generated one.
  [[nodiscard]] std::string name_or_generated(std::string_view property,
                                              std::size_t max_length = 64) const;
  // "arn:aws:sqs:us-east-1:123456789012:name"
  [[nodiscard]] std::string arn(std::string_view service, std::string_view resource) const;

 private:
  const Context& context_;
};

// What changes of a property come to.
enum class OnChange {
  kUpdate,   // in place
  kReplace,  // a new resource
  kIgnored,  // harmless; taken and not looked at
};

struct Property {
  std::string_view name;
  OnChange on_change = OnChange::kUpdate;
  bool required = false;
};

struct Made {
  std::string physical_id;
  Json attributes = Json::object();  // for Fn::GetAtt
};

struct ResourceType {
  std::string_view name;
  // All that are carried out; another one fails the resource.
  std::vector<Property> properties;
  std::vector<std::string_view> attributes;  // a name ending in ".*" stands for all so beginning
  std::vector<std::string_view> identifiers;
  // The property that names the resource: none can be replaced under its own name. "" for none.
  std::string_view name_property;
  bool needs_iam_capability = false;

  Made (*create)(const ResourceCall&) = nullptr;
  // Null where each change is a replacement.
  Made (*update)(const ResourceCall&) = nullptr;
  void (*remove)(const ResourceCall&) = nullptr;
  // Before it is removed, with DeletionPolicy Snapshot; null for what has none.
  void (*snapshot)(const ResourceCall&) = nullptr;
  // Null for what is ready once it is made. Throws when it never will be.
  bool (*ready)(const ResourceCall&) = nullptr;
  // What Fn::GetAtt gives, looked at again once it is ready; null to keep what create gave.
  Json (*attributes_of)(const ResourceCall&) = nullptr;

  [[nodiscard]] const Property* find(std::string_view property) const;
  [[nodiscard]] bool has_attribute(std::string_view attribute) const;
};

// Throws ValidationError for properties that the type requires or does not have.
void check_properties(const ResourceType& type, const std::string& logical_id,
                      const Json& properties);

}  // namespace cloudchamber::mock::cloudformation
