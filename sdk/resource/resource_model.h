// ResourceModel: boto3's description of a service's resources (resources-1.json, which the service
// model carries as JSON), read into values, with the names that everything has in programs.
//
// Immutable after reading, safe from any thread. The interpreter runs it, and
// tools/generate-clients writes the generated resources from it, so that both agree about every
// name.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/codec/jmespath.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

enum class Source { kIdentifier, kData, kResponse, kRequestParameter, kInput, kConstant };

// Where a parameter or an identifier gets its value from.
struct ValueSource {
  std::string target;  // a parameter, "Filters[0].Values[0]", or an identifier, "Id"
  Source source = Source::kInput;
  std::string name;              // kIdentifier: of the parent, "Id"
  std::optional<JmesPath> path;  // kData, kResponse, kRequestParameter
  Json value;                    // kConstant
};

// The resources that an action, a collection or a relation leads to.
struct Target {
  std::string type;  // "Instance"
  std::vector<ValueSource> identifiers;
  std::optional<JmesPath> path;  // of their data
  bool plural = false;           // any number of them
};

// `method` is the name in programs: "private_ip_address" for the attribute PrivateIpAddress.
struct NamedMember {
  std::string name;
  std::string method;
};

struct IdentifierModel : NamedMember {
  std::string alias;  // the attribute that gives it too: "instance_id" for "id"; "" when none
  bool integer = false;
};
struct AttributeModel : NamedMember {
  const Member* member = nullptr;
};
struct ActionModel : NamedMember {
  std::string operation;
  std::vector<ValueSource> parameters;
  std::optional<JmesPath> path;  // the part of the response, where there is no target
  std::optional<Target> target;
};
using CollectionModel = ActionModel;  // always with a target
struct RelationModel : NamedMember {  // a sub-resource or a reference
  Target target;
};
struct WaiterModel : NamedMember {  // "Running", "wait_until_running"
  std::string waiter;               // "InstanceRunning"
  std::vector<ValueSource> parameters;
};

struct ResourceType {
  std::string name;  // "Instance"; "ServiceResource"
  bool is_service = false;
  const Shape* shape = nullptr;  // of its data, null when none
  std::vector<IdentifierModel> identifiers;
  std::vector<AttributeModel> attributes;  // without those that are identifiers
  std::optional<ActionModel> load;
  std::vector<ActionModel> actions;
  std::vector<ActionModel> batch_actions;
  std::vector<RelationModel> subresources;
  std::vector<RelationModel> references;
  std::vector<CollectionModel> collections;
  std::vector<WaiterModel> waiters;

  [[nodiscard]] std::string full_name(const std::string& service) const {
    return service + "." + name;
  }
};

class ResourceModel {
 public:
  // Null when the service has no resources. That of a compiled-in model is read once and kept.
  // Throws ModelError for a description that can't be read.
  [[nodiscard]] static std::shared_ptr<const ResourceModel> of(
      const std::shared_ptr<const ServiceModel>& service);

  [[nodiscard]] const ServiceModel& service() const { return *service_; }
  [[nodiscard]] const ResourceType& service_resource() const { return service_resource_; }
  // Without the service's own, in alphabetical order.
  [[nodiscard]] const std::map<std::string, ResourceType, std::less<>>& types() const {
    return types_;
  }
  [[nodiscard]] const ResourceType& type(std::string_view name) const;  // throws ModelError

 private:
  [[nodiscard]] static std::shared_ptr<const ResourceModel> read(
      const std::shared_ptr<const ServiceModel>& service);

  std::shared_ptr<const ServiceModel> service_;
  ResourceType service_resource_;
  std::map<std::string, ResourceType, std::less<>> types_;
};

// A description with what boto3 adds to it in code: see additions.cc.
[[nodiscard]] Json with_additions(const ServiceModel& service);

}  // namespace cloudchamber
