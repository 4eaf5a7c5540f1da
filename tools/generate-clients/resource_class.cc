#include "tools/generate-clients/resource_class.h"

#include <algorithm>
#include <array>
#include <set>

#include "tools/generate-clients/cpp_names.h"
#include "tools/generate-clients/describe.h"
#include "tools/generate-clients/write_client.h"

namespace cloudchamber {
namespace {

// What Resource has already. A member of that name gets an underscore, as words of C++ do.
constexpr std::array<std::string_view, 14> kTaken = {
    "identifier", "attribute", "call", "subresource", "reference", "references", "collection",
    "wait_until", "to_string", "hash", "core",        "data",      "load",       "reload"};

std::string method_name(const std::string& method) {
  if (std::find(kTaken.begin(), kTaken.end(), method) != kTaken.end()) return method + "_";
  return cpp_name(method);
}

// Resources that boto3 gives methods in code: those are written by hand, in a class between
// Resource and the generated one, which inherits Resource's constructors.
struct HandWritten {
  std::string_view service;
  std::string_view type;
  std::string_view header;  // below cloudchamber/
  std::string_view base;
};
constexpr std::array kHandWritten = {
    HandWritten{"dynamodb", "Table", "dynamodb/table_base.h", "TableBase"},
    HandWritten{"s3", "Bucket", "s3/resource_bases.h", "BucketBase"},
    HandWritten{"s3", "Object", "s3/resource_bases.h", "ObjectBase"},
};

const HandWritten* hand_written(const std::string& service, const std::string& type) {
  for (const HandWritten& one : kHandWritten) {
    if (one.service == service && one.type == type) return &one;
  }
  return nullptr;
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// The members of the input that are filled in wholly; "Filters[0].Name" leaves room for more.
std::set<std::string> filled_in(const std::vector<ValueSource>& sources) {
  std::set<std::string> names;
  for (const ValueSource& source : sources) {
    if (source.source == Source::kInput) continue;
    if (source.target.find('.') != std::string::npos) continue;
    names.insert(source.target.substr(0, source.target.find('[')));
  }
  return names;
}

bool needs_parameters(const Operation& operation, const std::vector<ValueSource>& sources) {
  if (operation.input == nullptr) return false;
  std::set<std::string> given;
  for (const ValueSource& source : sources)
    given.insert(source.target.substr(0, source.target.find_first_of(".[")));
  const auto& members = operation.input->members;
  return std::any_of(members.begin(), members.end(),
                     [&](const Member& m) { return m.required && given.count(m.name) == 0; });
}

const Operation& operation_of(const ResourceModel& model, const ActionModel& action) {
  return *model.service().find_operation(action.operation);
}

std::string single_or_many(const Target& target) {
  return target.plural ? "std::vector<" + target.type + ">" : target.type;
}

}  // namespace

ResourceClass::ResourceClass(const ResourceModel& model, const ResourceType& type)
    : model_(model), type_(type) {
  begin();
  add_identifiers();
  add_attributes();
  if (type.load) {
    declaration_ += "\n  // load(), reload(): " + type.load->operation + ".\n";
  }
  for (const ActionModel& action : type.actions) add_action(action);
  for (const RelationModel& relation : type.subresources) add_subresource(relation);
  for (const RelationModel& relation : type.references) add_reference(relation);
  for (const CollectionModel& collection : type.collections) add_collection(collection);
  for (const WaiterModel& waiter : type.waiters) add_waiter(waiter);
  declaration_ += "};\n";
}

void ResourceClass::begin() {
  const std::string& service = model_.service().name;
  const HandWritten* own = hand_written(service, type_.name);
  base_ = own == nullptr ? "Resource" : std::string(own->base);
  const std::string client = class_name(model_.service());
  const std::string meta = "TypedResourceMeta<" + client + ">";
  std::string about = type_.is_service ? "The service itself." : type_.name;
  if (!type_.identifiers.empty()) {
    about += ", identified by";
    for (const IdentifierModel& one : type_.identifiers)
      about += (&one == &type_.identifiers.front() ? " " : ", ") + one.method;
    about += ".";
  }
  declaration_ += comment_lines(about, "");
  declaration_ += "class " + type_.name + " : public " + base_ + " {\n public:\n";
  declaration_ += "  // Throws Error unless `resource` is one.\n";
  declaration_ += "  explicit " + type_.name + "(Resource resource);\n";
  declaration_ += "  [[nodiscard]] " + meta + " meta() const { return " + meta + "(*this); }\n";
  definitions_ += type_.name + "::" + type_.name + "(Resource resource)\n    : " + base_ +
                  "(std::move(resource), " + quoted(service) + ", " + quoted(type_.name) + ") {}\n";
}

void ResourceClass::add(const std::string& comment, const std::string& result,
                        const std::string& method, const std::string& expression) {
  const std::string name = method_name(method);
  declaration_ += comment + "  " + result + " " + name + "() const;\n";
  definitions_ +=
      result.substr(result.find("]] ") == std::string::npos ? 0 : result.find("]] ") + 3);
  definitions_ += " " + type_.name + "::" + name + "() const {\n  " + expression + ";\n}\n";
}

void ResourceClass::add_getter(const std::string& comment, const std::string& result,
                               const std::string& method, const std::string& expression) {
  add(comment, "[[nodiscard]] " + result, method, "return " + expression);
}

void ResourceClass::add_identifiers() {
  if (!type_.identifiers.empty()) declaration_ += "\n  // Identifiers.\n";
  for (const IdentifierModel& one : type_.identifiers) {
    const std::string result = one.integer ? "std::int64_t" : "std::string";
    const std::string value =
        "Resource::identifier(" + quoted(one.name) + ").get<" + result + ">()";
    add_getter("", result, one.method, value);
    if (!one.alias.empty()) add_getter("", result, one.alias, value);
  }
}

void ResourceClass::add_attributes() {
  if (!type_.attributes.empty())
    declaration_ += "\n  // Attributes, loaded when first asked for.\n";
  for (const AttributeModel& one : type_.attributes) {
    add_getter(comment_lines(one.name + "  " + type_text(*one.member->shape), "  ", 4), "Json",
               one.method, "Resource::attribute(" + quoted(one.name) + ")");
  }
}

void ResourceClass::add_action(const ActionModel& action) {
  const Operation& operation = operation_of(model_, action);
  const std::string name = method_name(action.method);
  std::string result = "Json";
  std::string start = "return ";
  std::string end = ".response()";
  if (action.target) {
    result = single_or_many(*action.target);
    start += (action.target->plural ? "resources_as<" + action.target->type + ">" : result) + "(";
    end = action.target->plural ? ".resources())" : ".resource())";
  }
  declaration_ += "\n" + operation_comment(operation, "  ", filled_in(action.parameters),
                                           action.target ? result : "");
  const std::string call = "Resource::call(" + quoted(action.name);
  if (!needs_parameters(operation, action.parameters))
    add("", result, action.method, start + call + ")" + end);
  declaration_ += with_parameters("  " + result + " " + name + "(", " = {}) const;");
  definitions_ += with_parameters(result + " " + type_.name + "::" + name + "(", ") const {");
  definitions_ += "  " + start + call + ", parameters, options)" + end + ";\n}\n";
}

void ResourceClass::add_subresource(const RelationModel& relation) {
  const ResourceType& target = model_.type(relation.target.type);
  const std::string name = method_name(relation.method);
  std::string parameters;
  std::string arguments;
  for (const IdentifierModel& one : target.identifiers) {
    const auto& known = relation.target.identifiers;
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const ValueSource& source) {
      return source.target == one.name && source.source != Source::kInput;
    });
    if (is_known) continue;
    if (!parameters.empty()) parameters += ", ";
    parameters += (one.integer ? "std::int64_t " : "const std::string& ") + cpp_name(one.method);
    arguments += (arguments.empty() ? "" : ", ") + cpp_name(one.method);
  }
  declaration_ += "\n  // " + relation.target.type + "\n  [[nodiscard]] " + target.name + " " +
                  name + "(" + parameters + ") const;\n";
  definitions_ += target.name + " " + type_.name + "::" + name + "(" + parameters +
                  ") const {\n  return " + target.name + "(Resource::subresource(" +
                  quoted(relation.name) + ", Json::array({" + arguments + "})));\n}\n";
}

void ResourceClass::add_reference(const RelationModel& relation) {
  const std::string& type = relation.target.type;
  const bool plural = relation.target.plural;
  add_getter("\n  // " + type + (plural ? ", any number\n" : ", or none\n"),
             (plural ? "std::vector<" : "std::optional<") + type + ">", relation.method,
             (plural ? "resources_as<" + type + ">(Resource::references("
                     : "resource_as<" + type + ">(Resource::reference(") +
                 quoted(relation.name) + "))");
}

void ResourceClass::add_collection(const CollectionModel& collection) {
  const std::string type = collection.target->type + "Collection";
  add_getter("\n  // Many of " + collection.target->type + ": " + collection.operation + "\n", type,
             collection.method, type + "(Resource::collection(" + quoted(collection.name) + "))");
}

void ResourceClass::add_waiter(const WaiterModel& waiter) {
  const std::string name = method_name(waiter.method);
  declaration_ += "\n  // " + waiter.waiter + "\n";
  const std::string call = "Resource::wait_until(" + quoted(waiter.method);
  add("", "void", waiter.method, call + ")");
  declaration_ +=
      "  void " + name + "(const Json& parameters, const WaitOptions& options = {}) const;\n";
  definitions_ += "void " + type_.name + "::" + name +
                  "(const Json& parameters, const WaitOptions& options) const {\n  " + call +
                  ", parameters, options);\n}\n";
}

std::string collection_declaration(const ResourceModel& model, const ResourceType& type) {
  const std::string name = type.name + "Collection";
  const std::string base = "TypedCollection<" + name + ", " + type.name + ">";
  std::string text = "// Many of " + type.name + ".\n";
  text += "class " + name + " : public " + base + " {\n public:\n";
  text += "  explicit " + name + "(Collection collection);\n";
  for (const ActionModel& action : type.batch_actions) {
    text += "\n" + operation_comment(operation_of(model, action), "  ",
                                     filled_in(action.parameters), "the responses, one a page");
    text += "  std::vector<Json> " + cpp_name(action.method) + "() const;\n";
    text +=
        with_parameters("  std::vector<Json> " + cpp_name(action.method) + "(", " = {}) const;");
  }
  return text + "};\n";
}

std::string collection_definitions(const ResourceType& type) {
  const std::string name = type.name + "Collection";
  std::string text = "\n" + name + "::" + name +
                     "(Collection collection)\n    : TypedCollection(std::move(collection)) {}\n";
  for (const ActionModel& action : type.batch_actions) {
    std::string start = "std::vector<Json> ";
    start.append(name).append("::").append(cpp_name(action.method)).append("(");
    const std::string call = "  return untyped().call(" + quoted(action.name);
    text += start + ") const {\n" + call + ");\n}\n";
    text += with_parameters(start, ") const {") + call + ", parameters, options);\n}\n";
  }
  return text;
}

std::vector<std::string> base_headers(const ResourceModel& model) {
  std::set<std::string> headers;
  for (const HandWritten& one : kHandWritten) {
    if (one.service == model.service().name) headers.emplace(one.header);
  }
  return {headers.begin(), headers.end()};
}

}  // namespace cloudchamber
