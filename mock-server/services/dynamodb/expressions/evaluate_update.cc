#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "mock-server/services/dynamodb/attribute_value.h"
#include "mock-server/services/dynamodb/errors.h"
#include "mock-server/services/dynamodb/expressions/evaluate.h"

namespace cloudchamber::mock::dynamodb {
namespace {

using Kind = Node::Kind;

AwsError wrong_operand() {
  return validation_error("An operand in the update expression has an incorrect data type");
}

Json value_of(const Node& node, const Json& attributes) {
  switch (node.kind) {
    case Kind::kValue:
      return stored_value(*node.value);
    case Kind::kPath: {
      const Json* found = find(attributes, node.path);
      if (found == nullptr) {
        throw validation_error(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      return *found;
    }
    case Kind::kPlus:
    case Kind::kMinus: {
      const Json left = value_of(node.children[0], attributes);
      const Json right = value_of(node.children[1], attributes);
      if (type_of(left) != Type::kN || type_of(right) != Type::kN) throw wrong_operand();
      const Number sum = node.kind == Kind::kPlus ? number_of(left) + number_of(right)
                                                  : number_of(left) - number_of(right);
      return Json{{"N", sum.text()}};
    }
    default:
      break;
  }
  if (node.name == "if_not_exists") {
    if (const Json* found = find(attributes, node.children[0].path)) return *found;
    return value_of(node.children[1], attributes);
  }
  Json left = value_of(node.children[0], attributes);  // list_append
  Json right = value_of(node.children[1], attributes);
  if (type_of(left) != Type::kL || type_of(right) != Type::kL) throw wrong_operand();
  Json& list = left.begin().value();
  for (Json& element : right.begin().value()) list.push_back(std::move(element));
  return left;
}

// Changes the item place by place. Lists keep their indexes until the end: what leaves one becomes
// null, what lies beyond its end waits.
class Updater {
 public:
  explicit Updater(Json& attributes) : attributes_(attributes) {}

  // Where the last step of `path` leads: the map or list that holds it. Null when there is none.
  Json* parent_of(const Path& path) {
    if (path.size() == 1) return &attributes_;
    const Json* holder = find(attributes_, Path(path.begin(), path.end() - 1));
    if (holder == nullptr) return nullptr;
    if (type_of(*holder) != (path.back().is_index ? Type::kL : Type::kM)) return nullptr;
    return const_cast<Json*>(&content_of(*holder));  // NOLINT: ours, found through a const walk
  }

  // The value there, else null.
  static Json* existing(Json& parent, const PathElement& step) {
    if (step.is_index) return step.index < parent.size() ? &parent[step.index] : nullptr;
    const auto found = parent.find(step.name);
    return found == parent.end() ? nullptr : &*found;
  }

  void put(const Path& path, Json& parent, Json value) {
    const PathElement& step = path.back();
    if (!step.is_index) {
      parent[step.name] = std::move(value);
    } else if (step.index < parent.size()) {
      parent[step.index] = std::move(value);
    } else {
      list(path, parent).beyond.emplace_back(step.index, std::move(value));
    }
  }

  void remove(const Path& path, Json& parent) {
    const PathElement& step = path.back();
    if (!step.is_index) {
      parent.erase(step.name);
    } else if (step.index < parent.size()) {
      parent[step.index] = nullptr;
      list(path, parent).closes_up = true;
    }
  }

  void finish() {
    // Inner lists first: closing up an outer one moves them.
    std::stable_sort(lists_.begin(), lists_.end(),
                     [](const List& a, const List& b) { return a.depth > b.depth; });
    for (List& list : lists_) {
      auto& elements = *list.elements->get_ptr<Json::array_t*>();
      if (list.closes_up) {
        elements.erase(std::remove_if(elements.begin(), elements.end(),
                                      [](const Json& element) { return element.is_null(); }),
                       elements.end());
      }
      std::stable_sort(list.beyond.begin(), list.beyond.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (auto& [index, value] : list.beyond) elements.push_back(std::move(value));
    }
  }

 private:
  struct List {
    Json* elements;
    std::size_t depth;
    bool closes_up = false;
    std::vector<std::pair<std::size_t, Json>> beyond;
  };

  List& list(const Path& path, Json& elements) {
    const auto found = std::find_if(lists_.begin(), lists_.end(),
                                    [&](const List& known) { return known.elements == &elements; });
    if (found != lists_.end()) return *found;
    lists_.push_back({&elements, path.size(), false, {}});
    return lists_.back();
  }

  Json& attributes_;
  std::vector<List> lists_;
};

void add(Updater& updater, const Path& path, Json& parent, const Json& operand) {
  Json* existing = Updater::existing(parent, path.back());
  if (existing == nullptr) {
    updater.put(path, parent, stored_value(operand));
    return;
  }
  if (type_of(*existing) != type_of(operand)) throw wrong_operand();
  *existing = type_of(operand) == Type::kN
                  ? Json{{"N", (number_of(*existing) + number_of(operand)).text()}}
                  : set_union(*existing, operand);
}

void take_from_set(Updater& updater, const Path& path, Json& parent, const Json& operand) {
  Json* existing = Updater::existing(parent, path.back());
  if (existing == nullptr) return;
  if (type_of(*existing) != type_of(operand)) throw wrong_operand();
  Json rest = set_difference(*existing, operand);
  if (rest.is_null()) {
    updater.remove(path, parent);
  } else {
    *existing = std::move(rest);
  }
}

}  // namespace

void apply(const std::vector<UpdateAction>& actions, Json& attributes, bool exists) {
  std::vector<Json> values(actions.size());
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].kind == UpdateAction::Kind::kSet) {
      values[i] = value_of(actions[i].value, attributes);
    }
  }
  Updater updater(attributes);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const UpdateAction& action = actions[i];
    Json* parent = updater.parent_of(action.path);
    if (parent == nullptr) {
      // AWS lets a REMOVE of a nested path pass where there is no item at all.
      if (action.kind == UpdateAction::Kind::kRemove && !exists) continue;
      throw validation_error(
          "The document path provided in the update expression is invalid for update");
    }
    switch (action.kind) {
      case UpdateAction::Kind::kSet:
        updater.put(action.path, *parent, std::move(values[i]));
        break;
      case UpdateAction::Kind::kRemove:
        updater.remove(action.path, *parent);
        break;
      case UpdateAction::Kind::kAdd:
        add(updater, action.path, *parent, *action.value.value);
        break;
      case UpdateAction::Kind::kDelete:
        take_from_set(updater, action.path, *parent, *action.value.value);
        break;
    }
  }
  updater.finish();
}

}  // namespace cloudchamber::mock::dynamodb
