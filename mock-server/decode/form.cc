#include "mock-server/decode/form.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "mock-server/decode/text_values.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock {
namespace {

// '.' before everything else, so that "A" and "A.b" stand side by side and "A-b" not between them.
bool comes_before(const Form::Parameter& a, const Form::Parameter& b) {
  const auto rank = [](char c) { return c == '.' ? 0 : 1 + static_cast<unsigned char>(c); };
  return std::lexicographical_compare(a.name.begin(), a.name.end(), b.name.begin(), b.name.end(),
                                      [&](char x, char y) { return rank(x) < rank(y); });
}

AwsError malformed_query_string() {
  // https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
  return {"MalformedQueryString", "The query string contains a syntax error.", 404};
}

// The index that `segment` is, nothing when it is none.
std::optional<std::uint64_t> index_of(std::string_view segment) {
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(segment.data(), segment.data() + segment.size(), index);
  if (segment.empty() || error != std::errc() || end != segment.data() + segment.size()) {
    return std::nullopt;
  }
  return index;
}

class FormReader {
 public:
  explicit FormReader(const Dialect& dialect) : dialect_(dialect) {}

  Json structure(const Shape& shape, const Form::Node& node) const {
    if (const std::string* text = node.value(); text != nullptr && !text->empty()) {
      throw dialect_.misplaced(node.name(), "Unexpected complex element termination");
    }
    Json members = Json::object();
    node.for_each_child([&](std::string_view segment, const Form::Node& child) {
      for (const Member& member : shape.members) {
        if (!dialect_.names(member, segment)) continue;
        members[member.name] = value(member, child);
        break;
      }
    });
    return members;
  }

 private:
  Json value(const Member& member, const Form::Node& node) const {
    switch (member.shape->type) {
      case ShapeType::kStructure:
        return structure(*member.shape, node);
      case ShapeType::kList:
        return list(*member.shape, member.is_flattened(), node);
      case ShapeType::kMap:
        return map(*member.shape, member.is_flattened(), node);
      default:
        return scalar(*member.shape, node);
    }
  }

  Json scalar(const Shape& shape, const Form::Node& node) const {
    const std::string* text = node.value();
    if (text == nullptr) {
      bool numbered = false;
      node.for_each_child([&](std::string_view segment, const Form::Node&) {
        numbered = numbered || segment == "member" || index_of(segment).has_value();
      });
      throw dialect_.misplaced(node.name(),
                               numbered ? "Start of list found where not expected"
                                        : "Start of structure or map found where not expected");
    }
    std::optional<Json> decoded = value_of_text(shape, *text);
    if (!decoded) throw dialect_.bad_value(shape, node.name(), *text);
    return *std::move(decoded);
  }

  using Entries = std::vector<std::pair<std::uint64_t, Form::Node>>;

  // The numbered nodes below `node`, with or without a step such as "member" in between, in the
  // order of their numbers.
  Entries entries(const Shape& shape, bool flattened, const Form::Node& node) const {
    if (const std::string* text = node.value(); text != nullptr && !text->empty()) {
      throw dialect_.misplaced(node.name(), "Unexpected list element termination");
    }
    Entries found;
    const auto add = [&](std::string_view segment, const Form::Node& child) {
      const std::optional<std::uint64_t> index = index_of(segment);
      if (!index) {
        throw dialect_.misplaced(child.name(), segment == "member"
                                                   ? "Start of list found where not expected"
                                                   : "Start of structure or map found where not "
                                                     "expected");
      }
      found.emplace_back(*index, child);
    };
    node.for_each_child([&](std::string_view segment, const Form::Node& child) {
      if (!dialect_.is_list_step(shape, flattened, segment)) return add(segment, child);
      if (const std::string* text = child.value(); text != nullptr && !text->empty()) {
        throw dialect_.misplaced(child.name(), "Unexpected list element termination");
      }
      child.for_each_child(add);
    });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return found;
  }

  Json list(const Shape& shape, bool flattened, const Form::Node& node) const {
    Json items = Json::array();
    for (const auto& [index, child] : entries(shape, flattened, node)) {
      items.push_back(value(shape.element, child));
    }
    return items;
  }

  Json map(const Shape& shape, bool flattened, const Form::Node& node) const {
    Json members = Json::object();
    for (const auto& [index, entry] : entries(shape, flattened, node)) {
      std::optional<std::string> key;
      std::optional<Json> mapped;
      entry.for_each_child([&](std::string_view segment, const Form::Node& child) {
        if (segment == named(shape.key, "key")) {
          if (const std::string* text = child.value()) key = *text;
        } else if (segment == named(shape.value, "value")) {
          mapped = value(shape.value, child);
        }
      });
      if (!key) {
        throw dialect_.misplaced(entry.name(), "Unexpected complex element termination");
      }
      if (!mapped) {
        // An empty map or list value is written as nothing at all.
        mapped = shape.value.shape->type == ShapeType::kList        ? Json::array()
                 : shape.value.shape->type == ShapeType::kString    ? Json("")
                 : shape.value.shape->type == ShapeType::kMap       ? Json::object()
                 : shape.value.shape->type == ShapeType::kStructure ? Json::object()
                                                                    : Json();
      }
      if (!mapped->is_null()) members[*key] = *std::move(mapped);
    }
    return members;
  }

  static std::string_view named(const Member& part, std::string_view otherwise) {
    return part.location_name.empty() ? otherwise : std::string_view(part.location_name);
  }

  const Dialect& dialect_;
};

}  // namespace

Form::Form(const HttpRequest& request) {
  add(request.query());
  std::string scratch;
  add(request.body.flat(scratch));
  std::stable_sort(parameters_.begin(), parameters_.end(), comes_before);
}

void Form::add(std::string_view encoded) {
  for (auto& [name, value] : parse_query(encoded)) {
    if (!is_utf8(name) || !is_utf8(value)) throw malformed_query_string();
    if (name.empty()) throw malformed_query_string();
    if (std::count(name.begin(), name.end(), '.') >= static_cast<std::ptrdiff_t>(kMaxDepth)) {
      throw AwsError("MalformedInput", "The parameters are nested too deeply", 400);
    }
    parameters_.push_back({std::move(name), std::move(value)});
  }
}

Json decode_form(const Dialect& dialect, const Shape& shape, const Form::Node& node) {
  return FormReader(dialect).structure(shape, node);
}

}  // namespace cloudchamber::mock
