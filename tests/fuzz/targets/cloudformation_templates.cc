// A template as strangers send it: read and checked, its conditions and outputs evaluated.
#include <nlohmann/json.hpp>
#include <string>

#include "mock-server/call/aws_error.h"
#include "mock-server/services/cloudformation/template/parameters.h"
#include "mock-server/services/cloudformation/template/structure.h"
#include "mock-server/services/cloudformation/template/template.h"
#include "mock-server/services/cloudformation/template/template_text.h"
#include "tests/fuzz/fuzz_targets.h"

namespace cloudchamber::fuzz {
namespace {

// Parameters stand for their own names, resources for "id".
class Names : public mock::cloudformation::Scope {
 public:
  explicit Names(const Json& body) : body_(body) {}
  [[nodiscard]] const Json* parameter(const std::string& name) const override {
    static const Json kText = "text";
    return mock::cloudformation::section(body_, "Parameters").contains(name) ? &kText : nullptr;
  }
  [[nodiscard]] Json resource(const std::string&) const override { return "id"; }
  [[nodiscard]] Json attribute(const std::string&, const std::string&) const override {
    return "attribute";
  }
  [[nodiscard]] bool condition(const std::string&) const override { return true; }
  [[nodiscard]] Json import_value(const std::string&) const override { return "imported"; }
  [[nodiscard]] Json availability_zones(const std::string&) const override {
    return {"us-east-1a", "us-east-1b"};
  }
  [[nodiscard]] const Json& mappings() const override {
    return mock::cloudformation::section(body_, "Mappings");
  }
  [[nodiscard]] bool has_language_extensions() const override { return true; }

 private:
  const Json& body_;
};

}  // namespace

void fuzz_cloudformation_templates(std::string_view input) {
  using namespace mock::cloudformation;
  if (input.size() > kMaxTemplateBody) return;  // refused before it is read
  try {
    const Json body = read_template(input);
    const Names names(body);
    static_cast<void>(resource_needs(body, evaluate_conditions(body, names)));
    static_cast<void>(Resolver(names).resolve(section(body, "Resources")));
    static_cast<void>(Resolver(names).resolve(section(body, "Outputs")));
    static_cast<void>(parameter_values(body, Json::array(), {}));
  } catch (const mock::AwsError&) {
  }
}

}  // namespace cloudchamber::fuzz
