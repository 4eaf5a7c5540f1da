// Every action, load, collection, waiter and batch action of every resource asks for what boto3's
// asks for: requests_of_boto3.txt was listed by requests_of_boto3.py.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sdk/model/names.h"
#include "sdk/resource/parameters.h"
#include "sdk/resource/resource_core.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {
namespace {

// As the script made it: identifiers that are their own names, and a little data.
Resource resource_of_type(const Resource& service, const std::string& name) {
  if (name == "ServiceResource") return service;
  const ResourceType& type = service.core().model->type(name);
  Json identifiers = Json::array();
  for (const IdentifierModel& one : type.identifiers)
    identifiers.push_back(one.integer ? Json(1) : Json(one.name));
  return make_resource(service, type, identifiers,
                       std::make_shared<const Json>(Json{{"MessageId", "data"}}));
}

struct Request {
  std::string operation;
  Json parameters = Json::object();
};

template <class Members>
const typename Members::value_type& named(const Members& members, const std::string& method) {
  for (const auto& member : members) {
    if (member.method == method) return member;
  }
  throw std::logic_error(method);
}

Request request_of(const Resource& resource, const std::string& kind, const std::string& method) {
  const ResourceType& type = *resource.core().type;
  Request request;
  if (kind == "waiter") {
    const WaiterModel& waiter = named(type.waiters, method);
    request.operation = xform_name(waiter.waiter);
    fill_in(request.parameters, waiter.parameters, resource);
    return request;
  }
  const ActionModel& action = kind == "action"       ? named(type.actions, method)
                              : kind == "collection" ? named(type.collections, method)
                              : kind == "load"       ? *type.load
                                                     : named(type.batch_actions, method);
  request.operation = action.operation;
  if (kind == "batch_action") {
    for (const std::size_t place : {0, 1})
      fill_in(request.parameters, action.parameters, resource, place);
  } else {
    fill_in(request.parameters, action.parameters, resource);
  }
  return request;
}

TEST(Requests, AreThoseThatBoto3Makes) {
  Stage stage;
  const Session session = stage.session();
  std::map<std::string, Resource> services;
  for (const std::string& service : session.get_available_resources())
    services.emplace(service, session.resource(service));
  std::ifstream file("tests/sdk/resource/requests_of_boto3.txt");
  int compared = 0;
  for (std::string line; std::getline(file, line); ++compared) {
    std::istringstream words(line);
    std::string owner, kind, method, operation, parameters;
    words >> owner >> kind >> method >> operation;
    std::getline(words, parameters);
    const std::size_t dot = owner.find('.');
    const Resource resource =
        resource_of_type(services.at(owner.substr(0, dot)), owner.substr(dot + 1));
    const Request ours = request_of(resource, kind, method);
    EXPECT_EQ(ours.operation, operation) << line;
    EXPECT_EQ(ours.parameters, Json::parse(parameters)) << line;
  }
  EXPECT_EQ(compared, 427);
}

}  // namespace
}  // namespace cloudchamber
