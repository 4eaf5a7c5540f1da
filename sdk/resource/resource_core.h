// What the copies of a resource share, and what the interpreter's files say to each other.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/resource.h"
#include "sdk/resource/resource_model.h"

namespace cloudchamber {

// Immutable: thread-safe.
struct Resource::Core {
  Client client;
  std::shared_ptr<const ResourceModel> model;
  const ResourceType* type = nullptr;  // of `model`
  Json identifiers;                    // an array, in the order of the type

  // "ec2.Instance"
  [[nodiscard]] std::string type_name() const { return type->full_name(model->service().name); }
};

// A resource of the type, with the client of `parent`. `identifiers` are complete and in order.
[[nodiscard]] Resource make_resource(const Resource& parent, const ResourceType& type,
                                     Json identifiers, std::shared_ptr<const Json> data = nullptr);

// The member of that name or of that method, else UnknownMemberError with the nearest.
template <class Members>
[[nodiscard]] const typename Members::value_type& member_named(const Resource::Core& resource,
                                                               const Members& members,
                                                               std::string_view name,
                                                               std::string_view kind);
// Throws that UnknownMemberError. `methods` are what it might be.
[[noreturn]] void throw_unknown_member(const std::string& owner, std::string_view kind,
                                       std::string_view name,
                                       const std::vector<std::string_view>& methods);

template <class Members>
const typename Members::value_type& member_named(const Resource::Core& resource,
                                                 const Members& members, std::string_view name,
                                                 std::string_view kind) {
  std::vector<std::string_view> methods;
  for (const auto& member : members) {
    if (member.method == name || member.name == name) return member;
    methods.push_back(member.method);
  }
  throw_unknown_member(resource.type_name(), kind, name, methods);
}

}  // namespace cloudchamber
