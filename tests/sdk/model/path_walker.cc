#include "tests/sdk/model/path_walker.h"

#include "sdk/codec/jmespath_parser.h"

namespace cloudchamber {

PathType PathWalker::walk(std::string_view path, const Shape* shape,
                          std::vector<std::string>& complaints) {
  PathWalker walker(complaints);
  if (shape == nullptr) {
    walker.complain("there is nothing to take " + std::string(path) + " from");
    return {};
  }
  try {
    return walker.visit(parse_jmespath(path), {{shape}, 0});
  } catch (const JmesPathError& error) {
    walker.complain(error.what());
    return {};
  }
}

PathType PathWalker::visit(const Node& node, const PathType& given) {
  using Kind = Node::Kind;
  switch (node.kind) {
    case Kind::kCurrent:
    case Kind::kSlice:
      return given;
    case Kind::kField:
      return field(node.text, given);
    case Kind::kIndex:
      return element(given);
    case Kind::kChain: {
      PathType type = given;
      for (const Node& child : node.children) type = visit(child, type);
      return type;
    }
    case Kind::kFlatten:
      return flatten(visit(node.children[0], given));
    case Kind::kProjection:
    case Kind::kFilterProjection:
    case Kind::kValueProjection: {
      const PathType source = visit(node.children[0], given);
      const PathType item = node.kind == Kind::kValueProjection ? values(source) : element(source);
      if (node.kind == Kind::kFilterProjection) visit(node.children[2], item);
      PathType result = visit(node.children[1], item);
      ++result.lists;
      return result;
    }
    case Kind::kOr:
    case Kind::kAnd:
    case Kind::kList: {
      PathType result;
      for (const Node& child : node.children) {
        PathType part = visit(child, given);
        result.shapes.insert(result.shapes.end(), part.shapes.begin(), part.shapes.end());
        result.lists = part.lists;
      }
      if (node.kind == Kind::kList) ++result.lists;
      return result;
    }
    default:
      for (const Node& child : node.children) visit(child, given);
      return {};
  }
}

PathType PathWalker::field(const std::string& name, const PathType& given) {
  PathType result;
  if (given.lists > 0 || given.shapes.empty()) complain(name + " is asked of no structure");
  for (const Shape* shape : given.shapes) {
    if (shape->type == ShapeType::kMap) {
      result.shapes.push_back(shape->value.shape);
    } else if (const Member* member = shape->find(name)) {
      result.shapes.push_back(member->shape);
    } else {
      complain(shape->name + " has no member " + name);
    }
  }
  return result;
}

PathType PathWalker::element(const PathType& given) {
  if (given.lists > 0) return {given.shapes, given.lists - 1};
  PathType result;
  for (const Shape* shape : given.shapes) {
    if (shape->type == ShapeType::kList) {
      result.shapes.push_back(shape->element.shape);
    } else {
      complain(shape->name + " is no list");
    }
  }
  return result;
}

PathType PathWalker::values(const PathType& given) {
  PathType result;
  for (const Shape* shape : given.shapes) {
    if (shape->type == ShapeType::kMap) {
      result.shapes.push_back(shape->value.shape);
    } else {
      complain(shape->name + " is no map");
    }
  }
  return result;
}

PathType PathWalker::flatten(const PathType& given) {
  PathType inner = element(given);
  while (inner.lists > 0) --inner.lists;
  for (const Shape*& shape : inner.shapes) {
    if (shape->type == ShapeType::kList) shape = shape->element.shape;
  }
  return {inner.shapes, 1};
}

}  // namespace cloudchamber
