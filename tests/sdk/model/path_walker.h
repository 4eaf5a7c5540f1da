// PathWalker: says which shape a JMESPath leads to, and complains about every name on the way that
// no member has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sdk/codec/jmespath_node.h"
#include "sdk/model/shape.h"

namespace cloudchamber {

// What a path gives: one of `shapes` inside `lists` lists. No shapes: a number, text or truth that
// has no members.
struct PathType {
  std::vector<const Shape*> shapes;
  int lists = 0;
};

class PathWalker {
 public:
  // What `path` gives on a value of the shape; complaints are added to `complaints`.
  [[nodiscard]] static PathType walk(std::string_view path, const Shape* shape,
                                     std::vector<std::string>& complaints);

 private:
  using Node = JmesPath::Node;
  explicit PathWalker(std::vector<std::string>& complaints) : complaints_(complaints) {}

  PathType visit(const Node& node, const PathType& given);
  PathType field(const std::string& name, const PathType& given);
  PathType element(const PathType& given);
  PathType values(const PathType& given);
  PathType flatten(const PathType& given);
  void complain(std::string what) { complaints_.push_back(std::move(what)); }

  std::vector<std::string>& complaints_;
};

}  // namespace cloudchamber
