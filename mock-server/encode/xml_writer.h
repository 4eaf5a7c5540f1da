// Writes a value as XML by its shape, straight into a string, for query, EC2 and rest-xml.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

class XmlWriter {
 public:
  // The protocols differ in small things: S3 and EC2 write timestamps always with milliseconds,
  // query services where they are not 0; query and EC2 keep the namespaces of shapes to themselves.
  XmlWriter(std::string& out, Protocol protocol) : out_(out), protocol_(protocol) {}

  // <name xmlns="...">; no namespace where it is empty.
  void open(std::string_view name, std::string_view xml_namespace = {});
  void close(std::string_view name);
  // <name>text</name>
  void text(std::string_view name, std::string_view text);

  // <name ...> the members of `value` </name> for a structure that is a document's root.
  // `xml_namespace` stands in for the shape's own.
  void document(std::string_view name, const Shape& shape, const Json& value,
                std::string_view xml_namespace);
  // The elements of the members that `shape`, a structure, has in the body, in the model's order.
  void members(const Shape& shape, const Json& value);
  // The element (or elements, of a flattened list) of one member.
  void member(const Member& member, const Json& value);
  // Text content of a scalar.
  void content(const Member& member, const Json& value);
  // A member that the model does not know: a scalar's text, else nested elements.
  void unmodelled(std::string_view name, const Json& value);

 private:
  void namespaces(const Member* use, const Shape& shape);
  void xmlns(std::string_view prefix, std::string_view uri);
  void attributes(const Shape& shape, const Json& value);
  void element(std::string_view name, const Member& use, const Json& value);
  void entry(const Shape& map, std::string_view key, const Json& value);

  std::string& out_;
  Protocol protocol_;
};

}  // namespace cloudchamber::mock
