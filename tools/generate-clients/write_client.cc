#include "tools/generate-clients/write_client.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "sdk/model/names.h"
#include "tools/generate-clients/describe.h"

namespace cloudchamber {
namespace {

// The names that Client has already, and C++'s own, as far as any operation is called so.
constexpr std::array<std::string_view, 16> kTaken = {
    "call",  "state",  "meta",   "wait",   "paginate", "raise", "delete", "import",
    "union", "export", "switch", "return", "register", "new",   "get",    "default"};

std::string method_name(const Operation& operation) {
  std::string name = xform_name(operation.name);
  if (std::find(kTaken.begin(), kTaken.end(), name) != kTaken.end()) name += '_';
  return name;
}

bool needs_parameters(const Operation& operation) {
  if (operation.input == nullptr) return false;
  const auto& members = operation.input->members;
  return std::any_of(members.begin(), members.end(), [](const Member& m) { return m.required; });
}

std::string names_of(const Json& described) {
  std::string text;
  for (const auto& [name, unused] : described.items()) {
    text += (text.empty() ? "" : ", ") + xform_name(name);
  }
  return text.empty() ? "none" : text;
}

std::string title_of(const ServiceModel& model) {
  return (model.full_name.empty() ? model.name : model.full_name) + ", API version " +
         model.api_version;
}

std::string exception_class(const Shape& error) {
  std::string about = error.error_wire_code() == error.name ? "" : error.error_wire_code();
  if (error.error_status != 0) {
    about += (about.empty() ? "status " : ", status ") + std::to_string(error.error_status);
  }
  std::string members;
  for (const Member& member : error.members) {
    if (xform_name(member.name) == "message") continue;
    members += (members.empty() ? "response() has " : ", ") + member.name;
  }
  if (!about.empty() && !members.empty()) about += "; ";
  about += members;
  return (about.empty() ? "" : comment_lines(about, "")) + "class " + error.name +
         " : public ClientError {\n public:\n  using ClientError::ClientError;\n};\n";
}

// On one line where it fits, else with the second parameter below the first.
std::string with_parameters(const std::string& start, const std::string& end) {
  const std::string first = "const Json& parameters,";
  const std::string second = "const CallOptions& options" + end + "\n";
  if (start.size() + first.size() + second.size() <= 100) return start + first + " " + second;
  if (start.size() + second.size() <= 100) {
    return start + first + "\n" + std::string(start.size(), ' ') + second;
  }
  return start + "\n      " + first + " " + second;
}

std::string method_declaration(const Operation& operation) {
  const std::string name = method_name(operation);
  std::string text = operation_comment(operation, "  ");
  if (!needs_parameters(operation)) text += "  Json " + name + "() const;\n";
  text += with_parameters("  Json " + name + "(", " = {}) const;");
  return text;
}

std::string method_definitions(const std::string& client, const Operation& operation) {
  const std::string start = "Json " + client + "::" + method_name(operation) + "(";
  std::string text;
  if (!needs_parameters(operation)) {
    text += start + ") const { return call(\"" + operation.name + "\"); }\n";
  }
  text += with_parameters(start, ") const {") + "  return call(\"" + operation.name +
          "\", parameters, options);\n}\n";
  return text;
}

std::string raisers(const std::vector<const Shape*>& errors) {
  if (errors.empty()) return "";
  std::string text =
      "namespace {\n\n"
      "template <class Exception>\n"
      "[[noreturn]] void raise_as(const ClientError::Details& details, const Json& response) {\n"
      "  throw Exception(details, response);\n}\n\n"
      "struct Raiser {\n  std::string_view shape;\n"
      "  void (*raise)(const ClientError::Details&, const Json&);\n};\n\n"
      "constexpr Raiser kRaisers[] = {\n";
  for (const Shape* error : errors) {
    text += "    {\"" + error->name + "\", &raise_as<" + error->name + ">},\n";
  }
  return text + "};\n\n}  // namespace\n\n";
}

}  // namespace

std::string class_name(const ServiceModel& model) {
  const std::string& id = model.service_id.empty() ? model.name : model.service_id;
  std::string name;
  bool start = true;
  bool after_capital = false;
  for (const char c : id) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    if (upper || lower) {
      // Acronyms become words: "IAM" "Iam", "DynamoDB" "DynamoDb".
      const bool capital = start || (upper && !after_capital);
      name += static_cast<char>(capital ? (c & ~0x20) : (c | 0x20));
    } else if (digit) {
      name += c;
    }
    start = !upper && !lower && !digit;
    after_capital = upper;
  }
  return name;
}

std::string client_header(const ServiceModel& model) {
  const std::string client = class_name(model);
  const std::vector<const Shape*> errors = errors_of(model);
  std::string text = "// Generated by tools/generate-clients from the model of the service.\n//\n";
  text += comment_lines(client + ": a client of " + title_of(model) +
                            ", with one method for each of its " +
                            std::to_string(model.operations().size()) +
                            " operations and one exception type for each of its " +
                            std::to_string(errors.size()) + " modelled errors.",
                        "");
  text += "//\n//   auto client = session.client<" + client + ">();\n//\n";
  text += comment_lines(
      "Above each method stand its parameters, * behind those that are required; behind -> the "
      "members of its result; and the errors it is known to answer. In braces are the members of "
      "a structure, in brackets the elements of a list.",
      "");
  text += "//\n";
  text += comment_lines("Paginators: " + names_of(model.paginators()) + ".", "", 2);
  text += comment_lines("Waiters: " + names_of(model.waiters()) + ".", "", 2);
  text +=
      "#pragma once\n\n#include <string_view>\n\n#include \"cloudchamber/client.h\"\n"
      "#include \"cloudchamber/errors.h\"\n\nnamespace cloudchamber::" +
      model.name + " {\n\n";
  for (const Shape* error : errors) text += exception_class(*error);
  text += (errors.empty() ? "" : "\n") +
          comment_lines(
              "A client like any other, whose errors have types. Cheap to copy, thread-safe.", "");
  text += "class " + client + " : public Client {\n public:\n";
  text += "  static constexpr std::string_view kService = \"" + model.name + "\";\n\n";
  text += "  explicit " + client + "(Client client) : Client(std::move(client)) {}\n\n";
  for (const Operation* operation : model.operations()) {
    text += method_declaration(*operation) + "\n";
  }
  text +=
      "  // Throws the exception type of this name with these details; returns when there is "
      "none.\n"
      "  static void raise(std::string_view shape_name, const ClientError::Details& details,\n"
      "                    const Json& response);\n};\n\n}  // namespace cloudchamber::" +
      model.name + "\n\nnamespace cloudchamber {\nusing " + model.name + "::" + client +
      ";\n}  // namespace cloudchamber\n";
  return text;
}

std::string client_source(const ServiceModel& model) {
  const std::string client = class_name(model);
  const std::vector<const Shape*> errors = errors_of(model);
  std::string text =
      "// Generated by tools/generate-clients from the model of the service.\n"
      "#include \"cloudchamber/services/" +
      model.name + ".h\"\n\n#include <nlohmann/json.hpp>\n\nnamespace cloudchamber::" + model.name +
      " {\n" + raisers(errors);
  for (const Operation* operation : model.operations()) {
    text += method_definitions(client, *operation);
  }
  if (errors.empty()) {
    text += "\nvoid " + client +
            "::raise(std::string_view, const ClientError::Details&, const Json&) {}\n";
  } else {
    text += "\nvoid " + client +
            "::raise(std::string_view shape_name, const ClientError::Details& details,\n"
            "    const Json& response) {\n"
            "  for (const Raiser& raiser : kRaisers) {\n"
            "    if (raiser.shape == shape_name) raiser.raise(details, response);\n  }\n}\n";
  }
  return text + "\n}  // namespace cloudchamber::" + model.name + "\n";
}

}  // namespace cloudchamber
