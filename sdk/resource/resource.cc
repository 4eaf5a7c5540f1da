#include "cloudchamber/resource.h"

#include <algorithm>
#include <utility>

#include "cloudchamber/collection.h"
#include "sdk/resource/collection_source.h"
#include "sdk/resource/custom.h"
#include "sdk/resource/parameters.h"
#include "sdk/resource/resource_core.h"
#include "sdk/resource/targets.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber {

void throw_unknown_member(const std::string& owner, std::string_view kind, std::string_view name,
                          const std::vector<std::string_view>& methods) {
  throw UnknownMemberError(owner + " has no " + std::string(kind) + " \"" + std::string(name) +
                           "\"" + did_you_mean(name, methods));
}

Resource make_resource(const Resource& parent, const ResourceType& type, Json identifiers,
                       std::shared_ptr<const Json> data) {
  const Resource::Core& from = parent.core();
  return Resource(std::make_shared<const Resource::Core>(
                      Resource::Core{from.client, from.model, &type, std::move(identifiers)}),
                  std::move(data));
}

Resource::Resource(Resource resource, std::string_view service, std::string_view type)
    : Resource(std::move(resource)) {
  if (core_->type->name == type && core_->model->service().name == service) return;
  throw Error(to_string() + " is no " + std::string(service) + "." + std::string(type));
}

bool operator==(const Resource& a, const Resource& b) {
  return a.core_->identifiers == b.core_->identifiers &&
         a.core_->type_name() == b.core_->type_name();
}

std::ostream& operator<<(std::ostream& out, const Resource& resource) {
  return out << resource.to_string();
}

std::size_t Resource::hash() const {
  std::size_t seed = std::hash<std::string>()(core_->type_name());
  for (const Json& identifier : core_->identifiers)
    seed = seed * 31 + std::hash<Json>()(identifier);
  return seed;
}

std::string Resource::to_string() const {
  std::string text;
  for (std::size_t i = 0; i < core_->identifiers.size(); ++i) {
    const Json& value = core_->identifiers[i];
    text += (text.empty() ? "" : ", ") + core_->type->identifiers[i].method + "=";
    text += value.is_string() ? "'" + value.get<std::string>() + "'" : value.dump();
  }
  return core_->type_name() + "(" + text + ")";
}

const Json& Resource::identifier(std::string_view name) const {
  const auto& models = core_->type->identifiers;
  const IdentifierModel& found = member_named(*core_, models, name, "identifier");
  return core_->identifiers[static_cast<std::size_t>(&found - models.data())];
}

Json Resource::attribute(std::string_view name) const {
  const ResourceType& type = *core_->type;
  for (std::size_t i = 0; i < type.identifiers.size(); ++i) {
    const IdentifierModel& one = type.identifiers[i];
    if (one.method == name || one.name == name || (!one.alias.empty() && one.alias == name))
      return core_->identifiers[i];
  }
  const AttributeModel& attribute = member_named(*core_, type.attributes, name, "attribute");
  const Json& loaded = data();
  const auto found = loaded.find(attribute.name);
  return found == loaded.end() ? Json() : *found;
}

const Json& Resource::data() const {
  if (data_ == nullptr) load();
  return *data_;
}

void Resource::load() const { load(Json()); }

void Resource::load(const Json& given) const {
  const std::optional<ActionModel>& action = core_->type->load;
  if (!action) throw ResourceLoadException(to_string() + " has no load method");
  std::optional<Json> loaded = load_custom(*this);
  if (!loaded) {
    Json parameters = Json::object();
    fill_in(parameters, action->parameters, *this);
    override_with(parameters, given);
    loaded = core_->client.call(action->operation, parameters);
    if (action->path) loaded = action->path->search(*loaded);
  }
  if (!loaded->is_object())
    throw ResourceLoadException("There is no " + to_string() + " in the response of " +
                                action->operation);
  data_ = std::make_shared<const Json>(*std::move(loaded));
}

ActionResult Resource::call(std::string_view action) const { return call(action, Json()); }

ActionResult Resource::call(std::string_view name, const Json& given,
                            const CallOptions& options) const {
  const ActionModel& action = member_named(*core_, core_->type->actions, name, "action");
  Json parameters = Json::object();
  fill_in(parameters, action.parameters, *this);
  override_with(parameters, given);
  Json response = core_->client.call(action.operation, parameters, options);
  if (core_->type->load) data_.reset();
  std::vector<Resource> resources;
  if (action.target) {
    auto custom = targets_custom(*this, action, parameters);
    resources =
        custom ? *std::move(custom) : resources_at(*action.target, *this, parameters, response);
  }
  if (action.path) response = action.path->search(response);
  return {core_->type_name() + "." + action.method, std::make_shared<Json>(std::move(response)),
          std::move(resources)};
}

Resource Resource::subresource(std::string_view name) const {
  return subresource(name, Json::array());
}

Resource Resource::subresource(std::string_view name, const Json& identifiers) const {
  const RelationModel& relation =
      member_named(*core_, core_->type->subresources, name, "sub-resource");
  return make_resource(*this, core_->model->type(relation.target.type),
                       identifiers_of_subresource(relation.target, *this, identifiers));
}

std::vector<std::string> Resource::get_available_subresources() const {
  std::vector<std::string> names;
  for (const RelationModel& relation : core_->type->subresources) names.push_back(relation.name);
  return names;
}

std::optional<Resource> Resource::reference(std::string_view name) const {
  std::vector<Resource> found = references(name);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Resource> Resource::references(std::string_view name) const {
  const RelationModel& relation = member_named(*core_, core_->type->references, name, "reference");
  return resources_at(relation.target, *this, Json::object(), data());
}

Collection Resource::collection(std::string_view name) const {
  const CollectionModel& model = member_named(*core_, core_->type->collections, name, "collection");
  return Collection(std::make_shared<const Collection::Source>(
      Collection::Source{*this, &model, Json::object(), std::nullopt, std::nullopt}));
}

void Resource::wait_until(std::string_view state) const { wait_until(state, Json()); }

void Resource::wait_until(std::string_view state, const Json& given,
                          const WaitOptions& options) const {
  const auto& waiters = core_->type->waiters;
  const bool is_whole = state.rfind("wait_until_", 0) == 0 ||
                        std::any_of(waiters.begin(), waiters.end(),
                                    [&](const WaiterModel& one) { return one.name == state; });
  const std::string name = (is_whole ? "" : "wait_until_") + std::string(state);
  const WaiterModel& waiter = member_named(*core_, waiters, name, "waiter");
  Json parameters = Json::object();
  fill_in(parameters, waiter.parameters, *this);
  override_with(parameters, given);
  core_->client.wait(waiter.waiter, parameters, options);
}

const std::string& ResourceMeta::service_name() const {
  return resource_->core_->model->service().name;
}

const std::string& ResourceMeta::resource_type() const { return resource_->core_->type->name; }

std::vector<std::string> ResourceMeta::identifiers() const {
  std::vector<std::string> names;
  for (const IdentifierModel& identifier : resource_->core_->type->identifiers)
    names.push_back(identifier.method);
  return names;
}

const Client& ResourceMeta::client() const { return resource_->core_->client; }

const Json* ResourceMeta::data() const { return resource_->data_.get(); }

ActionResult::ActionResult(std::string what, std::shared_ptr<Json> response,
                           std::vector<Resource> resources)
    : what_(std::move(what)), response_(std::move(response)), resources_(std::move(resources)) {}

Json ActionResult::response() && {
  if (response_.use_count() == 1) return std::move(*response_);
  return *response_;
}

const Resource& ActionResult::resource() const {
  if (resources_.empty())
    throw ResourceLoadException("The response to " + what_ + " names no resource");
  return resources_.front();
}

}  // namespace cloudchamber
