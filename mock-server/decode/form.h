// Form: the parameters of a query or EC2 request as a tree: "Tag.1.Key=a" is the leaf Key of 1 of
// Tag. Both protocols read it through here; where they differ stands in a Dialect.
//
// The tree is one sorted array: a node is the range of parameters whose names begin alike, so that
// an index of a billion costs no more than an index of one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "mock-server/call/aws_error.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

class Form {
 public:
  struct Parameter {
    std::string name;
    std::string value;
  };

  // All parameters whose names begin with the same `length` characters.
  struct Node {
    const Parameter* begin;
    const Parameter* end;
    std::size_t length;

    [[nodiscard]] std::string_view name() const {
      return std::string_view(begin->name).substr(0, length);
    }
    // The value of the parameter that has exactly this name, else null. A second one of the same
    // name is passed over.
    [[nodiscard]] const std::string* value() const {
      return begin != end && length != 0 && begin->name.size() == length ? &begin->value : nullptr;
    }
    // Calls `visit(segment, child)` for each name one step below.
    template <class Visit>
    void for_each_child(Visit visit) const {
      const std::size_t start = length == 0 ? 0 : length + 1;
      for (const Parameter* at = begin; at != end;) {
        if (length != 0 && at->name.size() == length) {
          ++at;
          continue;
        }
        const std::string_view segment = segment_of(*at, start);
        const Parameter* last = at + 1;
        while (last != end && segment_of(*last, start) == segment) ++last;
        visit(segment, Node{at, last, start + segment.size()});
        at = last;
      }
    }

   private:
    static std::string_view segment_of(const Parameter& parameter, std::size_t start) {
      const std::string_view rest = std::string_view(parameter.name).substr(start);
      return rest.substr(0, rest.find('.'));
    }
  };

  // Of the query string and the body. Throws MalformedQueryString, or MalformedInput where a name
  // has more than kMaxDepth parts.
  explicit Form(const HttpRequest& request);

  [[nodiscard]] Node root() const {
    return {parameters_.data(), parameters_.data() + parameters_.size(), 0};
  }

  static constexpr std::size_t kMaxDepth = 64;

 private:
  void add(std::string_view encoded);

  std::vector<Parameter> parameters_;
};

// Where query and EC2 differ.
struct Dialect {
  // Is `segment` how a request names this member?
  bool (*names)(const Member& member, std::string_view segment);
  // Is `segment` a step between a list (map) and its numbered entries, such as "member"?
  bool (*is_list_step)(const Shape& list, bool flattened, std::string_view segment);
  // A parameter in a place where the model has another structure. `coral` is Coral's text for it.
  AwsError (*misplaced)(std::string_view name, std::string_view coral);
  // A value that is not of the member's type.
  AwsError (*bad_value)(const Shape& shape, std::string_view name, std::string_view value);
};

// The members of `shape` that `node` holds; unknown parameters are passed over.
[[nodiscard]] Json decode_form(const Dialect& dialect, const Shape& shape, const Form::Node& node);

}  // namespace cloudchamber::mock
