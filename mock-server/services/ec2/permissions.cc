#include "mock-server/services/ec2/permissions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"

namespace cloudchamber::mock::ec2 {
namespace {

AwsError invalid_item(const std::string& value, const std::string& what) {
  return {"InvalidAMIAttributeItemValue",
          "Invalid attribute item value \"" + value + "\" for " + what + " item type."};
}

void check(const Json& one) {
  const std::string user = one.value("UserId", "");
  if (one.contains("UserId") &&
      (user.size() != 12 ||
       !std::all_of(user.begin(), user.end(), [](char c) { return c >= '0' && c <= '9'; })))
    throw invalid_item(user, "userId");
  if (one.contains("Group") && one.at("Group") != "all")
    throw invalid_item(one.at("Group"), "group");
}

// The lists of Add and Remove, whichever form they were given in.
Json changes(const Call& call, const char* member, const char* groups) {
  if (call.has(member)) return call.at(member);
  const std::string operation = call.text_or("OperationType", "");
  if (operation.empty()) throw invalid_combination("No attributes specified.");
  Json list = Json::array();
  for (const Json& user : call.has("UserIds") ? call.at("UserIds") : Json::array())
    list.push_back({{"UserId", user}});
  for (const Json& group : call.has(groups) ? call.at(groups) : Json::array())
    list.push_back({{"Group", group}});
  return {{operation == "add" ? "Add" : "Remove", list}};
}

}  // namespace

Json modified_permissions(const Call& call, const Json& before, const char* member,
                          const char* groups) {
  const Json wanted = changes(call, member, groups);
  Json after = before;
  for (const char* change : {"Add", "Remove"}) {
    for (const Json& one : wanted.value(change, Json::array())) {
      check(one);
      const auto there = std::find(after.begin(), after.end(), one);
      if (*change == 'R' && there != after.end()) after.erase(there);
      if (*change == 'A' && there == after.end()) after.push_back(one);
    }
  }
  return after;
}

bool is_public(const Json& permissions) {
  return std::any_of(permissions.begin(), permissions.end(),
                     [](const Json& one) { return one.value("Group", "") == "all"; });
}

}  // namespace cloudchamber::mock::ec2
