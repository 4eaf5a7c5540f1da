#include "mock-server/services/cloudformation/resource_types/rename.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/cloudformation/errors.h"

namespace cloudchamber::mock::cloudformation {

Json renamed(const Json& object,
             std::initializer_list<std::pair<std::string_view, std::string_view>> names,
             const std::string& path) {
  if (!object.is_object()) throw validation_error("#/" + path + ": expected type: JSONObject");
  Json result = Json::object();
  for (const auto& [key, value] : object.items()) {
    std::string name = key;
    for (const auto& [from, to] : names) {
      if (key == from) name = to;
    }
    result[name] = value;
  }
  return result;
}

Json renamed_each(const Json& list,
                  std::initializer_list<std::pair<std::string_view, std::string_view>> names,
                  const std::string& path) {
  if (!list.is_array()) throw validation_error("#/" + path + ": expected type: JSONArray");
  Json result = Json::array();
  for (const Json& element : list) result.push_back(renamed(element, names, path));
  return result;
}

}  // namespace cloudchamber::mock::cloudformation
