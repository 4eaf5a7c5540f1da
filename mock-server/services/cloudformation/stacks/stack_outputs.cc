#include "mock-server/services/cloudformation/stacks/stack_outputs.h"

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/registry.h"
#include "mock-server/services/cloudformation/template/structure.h"

namespace cloudchamber::mock::cloudformation {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void check_exports(const OutputsOfStack& made, const Stack& stack, const Stacks& stacks) {
  for (const auto& [name, value] : made.exports) {
    const Export other = find_export(stacks, name);
    if (other.stack != nullptr && other.stack->id != stack.id) {
      throw StackFailure{"Export with name " + name + " is already exported by stack " +
                         other.stack->name + "."};
    }
  }
  for (const auto& [name, value] : stack.exports) {
    const auto now = made.exports.find(name);
    if (now != made.exports.end() && now->second == value) continue;
    const std::vector<std::string> importers = importers_of(stacks, name);
    if (importers.empty()) continue;
    throw StackFailure{"Export " + name + " cannot be " +
                       (now == made.exports.end() ? "deleted" : "updated") +
                       " as it is in use by " + joined(importers)};
  }
}

}  // namespace

OutputsOfStack outputs_of(const StackScope& scope, const Stack& stack, const Stacks& stacks,
                          const Conditions& conditions) {
  OutputsOfStack made;
  Resolver resolver(scope);
  const Json& definitions = section(stack.blueprint.body, "Outputs");
  for (const std::string& name : enabled_outputs(stack.blueprint.body, conditions)) {
    const Json& definition = definitions[name];
    const Json value = resolver.value_of(definition["Value"]);
    if (value.is_structured() || value.is_null()) {
      throw template_format_error(
          "Output " + name +
          " is malformed. The Value field of every Output member must evaluate to a String");
    }
    Json output{{"OutputKey", name}, {"OutputValue", text_of(value)}};
    if (const Json& description = member(definition, "Description"); description.is_string())
      output["Description"] = description;
    if (const Json& given = member(definition, "Export"); given.is_object()) {
      const Json export_name = resolver.value_of(given["Name"]);
      if (export_name.is_structured() || export_name.is_null() || text_of(export_name).empty())
        throw template_format_error("Output " + name +
                                    " is malformed. The Export name must be a String");
      output["ExportName"] = text_of(export_name);
      if (!made.exports.emplace(text_of(export_name), text_of(value)).second) {
        throw StackFailure{"Export with name " + text_of(export_name) +
                           " is already exported by stack " + stack.name + "."};
      }
    }
    made.outputs.push_back(std::move(output));
  }
  check_exports(made, stack, stacks);
  return made;
}

}  // namespace cloudchamber::mock::cloudformation
