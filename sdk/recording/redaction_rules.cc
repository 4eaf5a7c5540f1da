#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/recording/redaction.h"

namespace cloudchamber {

RedactionRules redaction_rules(std::string_view json, const std::string& name) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object())
    throw RecordingError(name + ": rules are a JSON object of headers, members and texts");
  RedactionRules rules;
  for (const auto& [kind, list] : document.items()) {
    std::vector<std::string>* const into = kind == "headers"   ? &rules.headers
                                           : kind == "members" ? &rules.members
                                           : kind == "texts"   ? &rules.texts
                                                               : nullptr;
    if (into == nullptr)
      throw RecordingError(name + ": \"" + kind + "\" is none of headers, members and texts");
    if (!list.is_array()) throw RecordingError(name + ": " + kind + " is no list");
    for (const Json& entry : list) {
      if (!entry.is_string() || entry.get_ref<const std::string&>().empty())
        throw RecordingError(name + ": " + kind + " holds " + entry.dump() + ", which is no text");
      into->push_back(entry.get<std::string>());
    }
  }
  return rules;
}

}  // namespace cloudchamber
