#include "tools/generate-clients/describe.h"

#include <algorithm>

namespace cloudchamber {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kMostEnumValues = 12;

std::string members_text(const Shape& structure) {
  std::string text;
  for (const Member& member : structure.members) {
    if (!text.empty()) text += ", ";
    text += member.name;
    if (member.required) text += '*';
  }
  return "{" + text + "}";
}

std::string enum_text(const Shape& shape) {
  std::string text;
  for (std::size_t i = 0; i < shape.enum_values.size(); ++i) {
    if (i == kMostEnumValues) {
      return text + " | ... (" + std::to_string(shape.enum_values.size()) + " values)";
    }
    if (i > 0) text += " | ";
    text += shape.enum_values[i];
  }
  // A backslash at the end of a line would make the next one part of the comment.
  std::replace(text.begin(), text.end(), '\\', '/');
  return text;
}

std::string member_line(const Member& member) {
  std::string line = member.name + (member.required ? "*  " : "  ") + type_text(*member.shape);
  if (member.deprecated) line += "  (deprecated)";
  return line;
}

}  // namespace

std::string type_text(const Shape& shape) {
  switch (shape.type) {
    case ShapeType::kStructure:
      return shape.document ? "any" : members_text(shape);
    case ShapeType::kList:
      return "[" + type_text(*shape.element.shape) + "]";
    case ShapeType::kMap:
      return "{" + type_text(*shape.key.shape) + ": " + type_text(*shape.value.shape) + "}";
    case ShapeType::kString:
      return shape.enum_values.empty() ? "string" : enum_text(shape);
    case ShapeType::kBlob:
      return "blob";
    case ShapeType::kBoolean:
      return "boolean";
    case ShapeType::kInteger:
      return "integer";
    case ShapeType::kLong:
      return "long";
    case ShapeType::kFloat:
      return "float";
    case ShapeType::kDouble:
      return "double";
    case ShapeType::kTimestamp:
      return "timestamp";
  }
  return "";
}

std::string comment_lines(std::string_view text, std::string_view indent, std::size_t hanging) {
  std::string result;
  std::string start = std::string(indent) + "// ";
  while (!text.empty()) {
    const std::size_t room = kColumns - start.size();
    std::size_t length = text.size();
    if (length > room) {
      length = text.rfind(' ', room);
      // Blanks at the start are the text's own indentation, not a place to break at.
      const std::size_t first = text.find_first_not_of(' ');
      if (length == std::string_view::npos || length <= first) length = text.find(' ', first);
      if (length == std::string_view::npos) length = text.size();
    }
    result += start;
    result += text.substr(0, length);
    result += '\n';
    text.remove_prefix(length);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    start = std::string(indent) + "// " + std::string(hanging, ' ');
  }
  return result;
}

std::string with_parameters(const std::string& start, const std::string& end) {
  const std::string first = "const Json& parameters,";
  const std::string second = "const CallOptions& options" + end + "\n";
  if (start.size() + first.size() + second.size() <= 100) return start + first + " " + second;
  if (start.size() + second.size() <= 100) {
    return start + first + "\n" + std::string(start.size(), ' ') + second;
  }
  return start + "\n      " + first + " " + second;
}

std::string operation_comment(const Operation& operation, std::string_view indent,
                              const std::set<std::string>& filled_in, std::string_view gives) {
  std::string result =
      comment_lines(operation.name + (operation.deprecated ? " (deprecated)" : ""), indent);
  const auto lines_of = [&](const Shape* shape) {
    if (shape == nullptr) return;
    for (const Member& member : shape->members) {
      if (shape == operation.input && filled_in.count(member.name) > 0) continue;
      result += comment_lines("  " + member_line(member), indent, 6);
    }
  };
  lines_of(operation.input);
  if (!gives.empty()) {
    result += comment_lines("-> " + std::string(gives), indent, 3);
  } else if (operation.output != nullptr && !operation.output->members.empty()) {
    result += comment_lines("->", indent);
    lines_of(operation.output);
  }
  if (!operation.errors.empty()) {
    std::string text = "throws";
    for (const Shape* error : operation.errors) {
      text += (error == operation.errors.front() ? " " : ", ") + error->name;
    }
    result += comment_lines(text, indent, 2);
  }
  return result;
}

std::vector<const Shape*> errors_of(const ServiceModel& model) {
  std::set<const Shape*> found;
  for (const Shape* shape : model.shapes()) {
    if (shape->exception) found.insert(shape);
  }
  for (const Operation* operation : model.operations()) {
    found.insert(operation->errors.begin(), operation->errors.end());
  }
  std::vector<const Shape*> errors(found.begin(), found.end());
  std::sort(errors.begin(), errors.end(),
            [](const Shape* a, const Shape* b) { return a->name < b->name; });
  return errors;
}

}  // namespace cloudchamber
