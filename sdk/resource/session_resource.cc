// Session's part about resources, here since whoever uses none needs not link them.
#include <utility>

#include "cloudchamber/resource.h"
#include "cloudchamber/session.h"
#include "sdk/resource/custom.h"
#include "sdk/resource/resource_core.h"

namespace cloudchamber {

std::vector<std::string> Session::get_available_resources() const {
  std::vector<std::string> names;
  for (const std::string& name : model_names()) {
    if (!find_model(name)->resources().empty()) names.push_back(name);
  }
  return names;
}

Resource Session::resource(std::string_view service, const ClientOptions& options,
                           RaiseFunction raise) const {
  ClientOptions adjusted = options;
  if (!adjusted.config.user_agent_extra) adjusted.config.user_agent_extra = "Resource";
  Client client = this->client(service, adjusted, raise, transformation_of(service));
  auto model = ResourceModel::of(client.meta().service_model);
  if (model == nullptr) {
    std::string names;
    for (const std::string& name : get_available_resources()) names += "\n  - " + name;
    throw ResourceNotExistsError("The '" + std::string(service) +
                                 "' resource does not exist.\nThe available resources are:" +
                                 names + "\nConsider using a client(\"" + std::string(service) +
                                 "\") instead of a resource for '" + std::string(service) + "'");
  }
  const ResourceType* type = &model->service_resource();
  return Resource(std::make_shared<const Resource::Core>(
      Resource::Core{std::move(client), std::move(model), type, Json::array()}));
}

Resource resource(std::string_view service, const ClientOptions& options) {
  return default_session().resource(service, options);
}

}  // namespace cloudchamber
