// EndpointRules: AWS's endpoint rule set of a service, compiled into a tree, and its interpreter.
//
// A rule set says, of parameters such as Region, UseFIPS and Bucket, which URL answers and how its
// requests are signed, or why there is none. Immutable; thread-safe.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/endpoint/rule_value.h"

namespace cloudchamber {

struct Rule;

class EndpointRules {
 public:
  // By the names of the rule set: {"Region", "us-east-1"}, {"UseFIPS", true}. Others are passed
  // over.
  using Parameters = std::map<std::string, RuleValue, std::less<>>;

  struct Result {
    std::string url;
    Json properties;  // {"authSchemes": [...]}; an object
    std::map<std::string, std::vector<std::string>> headers;
  };

  // Of the text of an endpoint-rule-set-1.json. Throws ModelError for what it does not understand.
  [[nodiscard]] static std::shared_ptr<const EndpointRules> from_text(std::string_view text);

  ~EndpointRules();
  EndpointRules(const EndpointRules&) = delete;
  EndpointRules& operator=(const EndpointRules&) = delete;

  [[nodiscard]] bool has_parameter(std::string_view name) const;

  // Throws ConfigError with the rule set's words where it knows no endpoint, and for a required
  // parameter that is missing.
  [[nodiscard]] Result resolve(const Parameters& parameters) const;

 private:
  friend class RuleCompiler;
  EndpointRules();
  struct Parameter {
    std::string name;
    bool required = false;
    RuleValue by_default;
  };
  std::vector<Parameter> parameters_;  // each has the slot of its place
  std::vector<Rule> rules_;
  std::size_t slots_ = 0;
};

// The compiled-in rules of a service by its client name, compiled at first use and kept; null when
// there are none. Thread-safe.
[[nodiscard]] std::shared_ptr<const EndpointRules> find_endpoint_rules(std::string_view service);

}  // namespace cloudchamber
