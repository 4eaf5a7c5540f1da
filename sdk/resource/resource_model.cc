#include "sdk/resource/resource_model.h"

#include <mutex>

#include "cloudchamber/errors.h"
#include "sdk/resource/resource_reader.h"

namespace cloudchamber {

std::shared_ptr<const ResourceModel> ResourceModel::of(
    const std::shared_ptr<const ServiceModel>& service) {
  if (service->resources().empty()) return nullptr;
  if (find_model(service->name) != service) return read(service);
  // The compiled-in models never change and are kept for the life of the process; so are these.
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const ResourceModel>> known;
  const std::lock_guard lock(mutex);
  auto& model = known[service->name];
  if (model == nullptr) model = read(service);
  return model;
}

std::shared_ptr<const ResourceModel> ResourceModel::read(
    const std::shared_ptr<const ServiceModel>& service) {
  auto model = std::make_shared<ResourceModel>();
  model->service_ = service;
  try {
    const Json description = with_additions(*service);
    const Json& all = description.at("resources");
    model->service_resource_ =
        read_resource("ServiceResource", description.at("service"), all, *service);
    for (const auto& [name, definition] : all.items())
      model->types_.emplace(name, read_resource(name, definition, all, *service));
  } catch (const Json::exception& error) {
    throw ModelError("The resources of " + service->name + " can't be read: " + error.what());
  } catch (const JmesPathError& error) {
    throw ModelError("The resources of " + service->name + " can't be read: " + error.what());
  }
  return model;
}

const ResourceType& ResourceModel::type(std::string_view name) const {
  const auto found = types_.find(name);
  if (found == types_.end())
    throw ModelError(service_->name + " has no resource " + std::string(name));
  return found->second;
}

}  // namespace cloudchamber
