// Redaction: what is secret never reaches a file. Secrets are replaced by placeholders that tell
// their kind ("<signature>", "<SecretAccessKey>"), everywhere an interaction holds them: headers,
// URL, bodies, parameters and result.
//
// Secret are signatures and session tokens, what the service's model marks as sensitive, and what
// the user's own rules name. Pure functions: thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sdk/model/service_model.h"
#include "sdk/recording/recording.h"

namespace cloudchamber {

// In place of a text that the user's own rules name, and of a body that can't be kept without its
// secrets.
inline constexpr const char* kHiddenText = "<text>";
inline constexpr const char* kHiddenBody = "<body>";

struct RedactionRules {
  std::vector<std::string> headers;  // names, in any case
  std::vector<std::string> members;  // names of parameters' and results' members, at any depth
  std::vector<std::string> texts;    // themselves, wherever they stand
};

// Of a text such as {"headers": ["X-Tenant"], "members": ["MessageBody"], "texts": ["555-1234"]},
// each of which may be left out. Throws RecordingError with `name` and what is wrong.
[[nodiscard]] RedactionRules redaction_rules(std::string_view json, const std::string& name);

// Is what this member holds secret whatever it says: by the model or by a rule?
[[nodiscard]] bool is_secret(const Member& member, const RedactionRules& rules);

// `model` null: only headers, URL and the texts of the rules are looked at.
void redact(Interaction& interaction, const ServiceModel* model, const RedactionRules& rules = {});

}  // namespace cloudchamber
