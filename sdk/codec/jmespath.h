// JMESPath, the whole language: https://jmespath.org/specification.html.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"

namespace cloudchamber {

class JmesPathError : public std::runtime_error {
 public:
  // `kind`: "syntax", "invalid-type", "invalid-value", "invalid-arity" or "unknown-function", as in
  // the compliance tests.
  JmesPathError(std::string kind, const std::string& message);
  [[nodiscard]] const std::string& kind() const { return kind_; }

 private:
  std::string kind_;
};

// A compiled expression: immutable, copyable, thread-safe.
class JmesPath {
 public:
  explicit JmesPath(std::string_view expression);  // throws JmesPathError
  [[nodiscard]] Json search(
      const Json& document) const;  // null where nothing is found; throws JmesPathError
  [[nodiscard]] const std::string& text() const { return text_; }

  struct Node;

 private:
  std::string text_;
  std::shared_ptr<const Node> root_;
};

}  // namespace cloudchamber
