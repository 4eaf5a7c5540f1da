// Resource: a thing at AWS as an object: an instance, a bucket, a queue, or the service itself.
//
//   Resource ec2 = session.resource("ec2");
//   Resource instance = ec2.subresource("Instance", {"i-0123456789abcdef0"});   // nothing is sent
//   instance.attribute("private_ip_address");                                   // loads it, once
//   instance.call("stop");
//   instance.wait_until("stopped");
//   for (const Resource& volume : instance.collection("volumes").all()) ...
//
// What a resource has is described by boto3's resource models and interpreted here. The generated
// resources (cloudchamber/resources/ec2.h, ...) are Resources with one method for each of these
// things: session.resource<Ec2>().instance("i-...").private_ip_address(). Things are named as boto3
// names them ("private_ip_address", "wait_until_stopped"), here also as AWS does
// ("PrivateIpAddress").
//
// A resource is a value: which thing it is (client, type, identifiers) never changes and is shared
// by its copies; the attributes that it has loaded are each copy's own. Use one resource from one
// thread at a time and give each thread its copy; copies, and the client that they share, may be
// used at the same time. Copying is cheap.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/json.h"
#include "cloudchamber/waiter.h"

namespace cloudchamber {

class ActionResult;
class Collection;
class Resource;

// boto3's resource.meta: a view of a resource, valid as long as the resource is.
class ResourceMeta {
 public:
  explicit ResourceMeta(const Resource& resource) : resource_(&resource) {}

  [[nodiscard]] const std::string& service_name() const;       // "ec2"
  [[nodiscard]] const std::string& resource_type() const;      // "Instance"; "ServiceResource"
  [[nodiscard]] std::vector<std::string> identifiers() const;  // their names: "id"
  [[nodiscard]] const Client& client() const;                  // the low-level client
  // The attributes as AWS names them, null when they are not loaded. Valid until the resource loads
  // or performs an action.
  [[nodiscard]] const Json* data() const;

 private:
  const Resource* resource_;
};

class Resource {
 public:
  // Equal are resources of one service and type whose identifiers are equal, whatever their
  // clients.
  friend bool operator==(const Resource& a, const Resource& b);
  friend std::ostream& operator<<(std::ostream& out, const Resource& resource);
  [[nodiscard]] std::size_t hash() const;       // of service, type and identifiers
  [[nodiscard]] std::string to_string() const;  // as boto3 prints it: "ec2.Instance(id='i-1')"
  [[nodiscard]] ResourceMeta meta() const { return ResourceMeta(*this); }

  // What says which thing it is: text, or an integer where the model says so. Throws
  // UnknownMemberError.
  [[nodiscard]] const Json& identifier(std::string_view name) const;

  // A member of the thing's data, null when it has no such member at present. Loads the data unless
  // that has been done, by this resource's load() or by the collection or action that it came from.
  // Also gives identifiers. Throws UnknownMemberError, ResourceLoadException, what Client::call
  // throws.
  [[nodiscard]] Json attribute(std::string_view name) const;

  // Asks the service for the data again. `parameters` are added to those of the request. Throws
  // ResourceLoadException where the model has no way to load it, what Client::call throws.
  void load() const;
  void load(const Json& parameters) const;
  void reload() const { load(); }

  // Performs an action: an operation on this thing, whose parameters are filled in from identifiers
  // and attributes; `parameters` win. Loaded data is dropped, to be loaded anew when asked for.
  // Throws UnknownMemberError and what Client::call throws.
  ActionResult call(std::string_view action) const;  // NOLINT(modernize-use-nodiscard)
  ActionResult call(std::string_view action, const Json& parameters,  // NOLINT
                    const CallOptions& options = {}) const;

  // A thing that belongs to this one. `identifiers` are those that this one can't know, in order
  // ({"i-1"}) or by name ({{"id", "i-1"}}). Nothing is sent. Throws UnknownMemberError.
  [[nodiscard]] Resource subresource(std::string_view name) const;
  [[nodiscard]] Resource subresource(std::string_view name, const Json& identifiers) const;
  [[nodiscard]] std::vector<std::string> get_available_subresources() const;

  // The things that this one's data names: none or one (the VPC of an instance), or any number (its
  // network interfaces). Loads the data unless that has been done. Throws as `attribute` does.
  [[nodiscard]] std::optional<Resource> reference(std::string_view name) const;
  [[nodiscard]] std::vector<Resource> references(std::string_view name) const;

  // The things of which this one has many. Nothing is sent until it is iterated. Throws
  // UnknownMemberError.
  [[nodiscard]] Collection collection(std::string_view name) const;

  // Waits for a state: "running" or "wait_until_running". Data that is loaded stays as it is, see
  // reload(). Throws UnknownMemberError and what Waiter::wait throws.
  void wait_until(std::string_view state) const;
  void wait_until(std::string_view state, const Json& parameters,
                  const WaitOptions& options = {}) const;

  struct Core;
  // For the interpreter. `data` null: not loaded.
  explicit Resource(std::shared_ptr<const Core> core, std::shared_ptr<const Json> data = nullptr)
      : core_(std::move(core)), data_(std::move(data)) {}
  [[nodiscard]] const Core& core() const { return *core_; }
  // The loaded data; loads it if need be. Throws as `attribute` does.
  [[nodiscard]] const Json& data() const;

 protected:
  // For generated resources: throws Error unless `resource` is what `service` calls `type`.
  Resource(Resource resource, std::string_view service, std::string_view type);

 private:
  friend class ResourceMeta;
  std::shared_ptr<const Core> core_;
  mutable std::shared_ptr<const Json> data_;  // a cache: no part of the value
};

// What an action gave: the response, and the resources that it speaks of where the model says so.
class ActionResult {
 public:
  ActionResult(std::string what, std::shared_ptr<Json> response, std::vector<Resource> resources);

  // The operation's result, or the part of it that the model chooses. The first is valid as long as
  // the ActionResult is.
  [[nodiscard]] const Json& response() const& { return *response_; }
  [[nodiscard]] Json response() &&;
  // The one resource. Throws ResourceLoadException when the response names none.
  [[nodiscard]] const Resource& resource() const;
  [[nodiscard]] const std::vector<Resource>& resources() const { return resources_; }

 private:
  std::string what_;                // for messages: "sqs.ServiceResource.create_queue"
  std::shared_ptr<Json> response_;  // shared by copies, changed by none
  std::vector<Resource> resources_;
};

// The meta of a generated resource, whose client is the service's generated one.
template <class GeneratedClient>
class TypedResourceMeta : public ResourceMeta {
 public:
  explicit TypedResourceMeta(const Resource& resource) : ResourceMeta(resource) {}
  [[nodiscard]] GeneratedClient client() const { return GeneratedClient(ResourceMeta::client()); }
};

// The same resources as their generated type.
template <class T>
[[nodiscard]] std::vector<T> resources_as(const std::vector<Resource>& resources) {
  std::vector<T> typed;
  typed.reserve(resources.size());
  for (const Resource& resource : resources) typed.push_back(T(resource));
  return typed;
}
template <class T>
[[nodiscard]] std::optional<T> resource_as(const std::optional<Resource>& resource) {
  return resource ? std::optional<T>(T(*resource)) : std::nullopt;
}

}  // namespace cloudchamber

// Resources, generated ones too, in unordered containers.
template <class T>
requires std::is_base_of_v<cloudchamber::Resource, T>
struct std::hash<T> {
  std::size_t operator()(const T& resource) const { return resource.hash(); }
};
