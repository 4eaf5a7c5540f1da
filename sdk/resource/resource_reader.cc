#include "sdk/resource/resource_reader.h"

#include <algorithm>

#include "cloudchamber/errors.h"
#include "sdk/model/names.h"
#include "sdk/resource/names_in_use.h"

namespace cloudchamber {
namespace {

const Json& part(const Json& object, const char* key) {
  static const Json none = Json::object();
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::string text(const Json& object, const char* key) { return object.value(key, std::string()); }

// "$" is the descriptions' older way to write "@".
std::optional<JmesPath> path_of(const Json& object) {
  const std::string path = text(object, "path");
  if (path.empty()) return std::nullopt;
  return JmesPath(path == "$" ? "@" : path);
}

Source source_named(const std::string& name) {
  if (name == "identifier") return Source::kIdentifier;
  if (name == "data") return Source::kData;
  if (name == "response") return Source::kResponse;
  if (name == "requestParameter") return Source::kRequestParameter;
  if (name == "input") return Source::kInput;
  if (name == "string" || name == "integer" || name == "boolean") return Source::kConstant;
  throw ModelError("Unsupported source type: " + name);
}

std::vector<ValueSource> read_sources(const Json& list) {
  std::vector<ValueSource> sources;
  for (const Json& item : list) {
    ValueSource source;
    source.target = text(item, "target");
    source.source = source_named(text(item, "source"));
    source.name = text(item, "name");
    source.path = path_of(item);
    source.value = item.value("value", Json());
    const bool needs_path = source.source == Source::kData || source.source == Source::kResponse ||
                            source.source == Source::kRequestParameter;
    if (needs_path && !source.path) throw ModelError(source.target + " has no path");
    sources.push_back(std::move(source));
  }
  return sources;
}

Target read_target(const Json& description) {
  Target target;
  target.type = description.at("type").get<std::string>();
  target.identifiers = read_sources(part(description, "identifiers"));
  target.path = path_of(description);
  target.plural = std::any_of(
      target.identifiers.begin(), target.identifiers.end(), [](const ValueSource& source) {
        return source.path && (source.path->text().find("[]") != std::string::npos ||
                               source.path->text().find("[*]") != std::string::npos);
      });
  return target;
}

ActionModel read_action(const std::string& name, const Json& description) {
  ActionModel action;
  action.name = name;
  const Json& request = description.at("request");
  action.operation = request.at("operation").get<std::string>();
  action.parameters = read_sources(part(request, "params"));
  action.path = path_of(description);
  if (description.contains("resource")) action.target = read_target(description["resource"]);
  return action;
}

bool needs_data(const Target& target) {
  return std::any_of(target.identifiers.begin(), target.identifiers.end(),
                     [](const ValueSource& source) { return source.source == Source::kData; });
}

// The service has every resource, also those that its description does not name.
Json relations_of_service(const Json& definition, const Json& all) {
  Json relations = Json::object();
  for (const auto& [type, resource] : all.items()) {
    bool named = false;
    for (const auto& [name, relation] : part(definition, "has").items()) {
      if (text(part(relation, "resource"), "type") != type) continue;
      relations[name] = relation;
      named = true;
    }
    if (named) continue;
    Json identifiers = Json::array();
    for (const Json& identifier : part(resource, "identifiers"))
      identifiers.push_back({{"target", identifier.at("name")}, {"source", "input"}});
    relations[type] = {{"resource", {{"type", type}, {"identifiers", identifiers}}}};
  }
  return relations;
}

// The members of its data. One that has the name of an identifier is that identifier; one that an
// identifier says it is (memberName) is another name for it.
void read_attributes(ResourceType& type, NamesInUse& names) {
  const auto is_identifier = [&](const std::string& method) {
    return std::any_of(type.identifiers.begin(), type.identifiers.end(),
                       [&](const IdentifierModel& one) { return one.method == method; });
  };
  for (const Member& member : type.shape->members) {
    AttributeModel attribute{{member.name, names.take(member.name, "attribute")}, &member};
    const auto meant =
        std::find_if(type.identifiers.begin(), type.identifiers.end(),
                     [&](const IdentifierModel& one) { return one.alias == member.name; });
    const bool is_alias = meant != type.identifiers.end();
    const bool shadowed = is_identifier(xform_name(member.name));
    if (is_alias) meant->alias = shadowed ? "" : attribute.method;
    if (!is_alias && !shadowed) type.attributes.push_back(std::move(attribute));
  }
}

}  // namespace

ResourceType read_resource(const std::string& name, const Json& definition, const Json& all,
                           const ServiceModel& service) {
  ResourceType type;
  type.name = name;
  type.is_service = !all.contains(name);
  const std::string shape = text(definition, "shape");
  if (!shape.empty()) {
    type.shape = service.find_shape(shape);
    if (type.shape == nullptr) throw ModelError(name + " has the unknown shape " + shape);
  }

  NamesInUse names;
  for (const char* own : {"meta", "reload"}) names.reserve(own);
  if (definition.contains("load")) {
    names.reserve("load");
    type.load = read_action("Load", definition["load"]);
    type.load->method = "load";
  }
  for (const Json& item : part(definition, "identifiers")) {
    IdentifierModel identifier;
    identifier.name = item.at("name").get<std::string>();
    identifier.method = names.take(identifier.name, "identifier");
    identifier.integer = text(item, "type") == "integer";
    identifier.alias = text(item, "memberName");  // becomes a name with the attributes
    type.identifiers.push_back(std::move(identifier));
  }
  for (const auto& [title, description] : part(definition, "actions").items()) {
    ActionModel action = read_action(title, description);
    action.method = names.take(title, "action");
    type.actions.push_back(std::move(action));
  }
  for (const auto& [title, description] : part(definition, "batchActions").items()) {
    ActionModel action = read_action(title, description);
    action.method = NamesInUse().take(title, "batch_action");
    type.batch_actions.push_back(std::move(action));
  }
  const Json relations =
      type.is_service ? relations_of_service(definition, all) : part(definition, "has");
  for (const auto& [title, description] : relations.items()) {
    RelationModel relation;
    relation.name = title;
    relation.target = read_target(description.at("resource"));
    if (needs_data(relation.target)) {
      relation.method = names.take(title, "reference");
      type.references.push_back(std::move(relation));
    } else {
      type.subresources.push_back(std::move(relation));
    }
  }
  for (const auto& [title, description] : part(definition, "hasMany").items()) {
    CollectionModel collection = read_action(title, description);
    if (!collection.target)
      throw ModelError(std::string(name).append(".").append(title).append(" leads to no resource"));
    collection.method = names.take(title, "collection");
    type.collections.push_back(std::move(collection));
  }
  for (const auto& [title, description] : part(definition, "waiters").items()) {
    WaiterModel waiter;
    waiter.name = title;
    waiter.method = names.take("WaitUntil" + title, "waiter");
    waiter.waiter = description.at("waiterName").get<std::string>();
    waiter.parameters = read_sources(part(description, "params"));
    type.waiters.push_back(std::move(waiter));
  }
  if (type.shape != nullptr) read_attributes(type, names);
  for (RelationModel& relation : type.subresources)
    relation.method = names.take(relation.name, "subresource");
  return type;
}

}  // namespace cloudchamber
