// The text of one generated resource and of one kind of collection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sdk/resource/resource_model.h"

namespace cloudchamber {

class ResourceClass {
 public:
  ResourceClass(const ResourceModel& model, const ResourceType& type);

  [[nodiscard]] const std::string& declaration() const { return declaration_; }
  [[nodiscard]] const std::string& definitions() const { return definitions_; }

 private:
  void begin();
  void add_identifiers();
  void add_attributes();
  void add_action(const ActionModel& action);
  void add_subresource(const RelationModel& relation);
  void add_reference(const RelationModel& relation);
  void add_collection(const CollectionModel& collection);
  void add_waiter(const WaiterModel& waiter);
  // A method without parameters whose body is one `expression`.
  void add(const std::string& comment, const std::string& result, const std::string& method,
           const std::string& expression);
  void add_getter(const std::string& comment, const std::string& result, const std::string& method,
                  const std::string& expression);

  const ResourceModel& model_;
  const ResourceType& type_;
  std::string base_;
  std::string declaration_;
  std::string definitions_;
};

// The collection of resources of this type, with the batch actions of the type.
[[nodiscard]] std::string collection_declaration(const ResourceModel& model,
                                                 const ResourceType& type);
[[nodiscard]] std::string collection_definitions(const ResourceType& type);

// The headers, below cloudchamber/, of the hand-written bases that resources of the service have.
[[nodiscard]] std::vector<std::string> base_headers(const ResourceModel& model);

}  // namespace cloudchamber
