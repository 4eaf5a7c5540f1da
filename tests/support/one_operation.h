// A model of one operation, "Go", written in the test that needs it.
#pragma once

#include <memory>
#include <string>

#include "sdk/model/service_model.h"

namespace cloudchamber::test {

struct OneOperation {
  std::string protocol = "json";  // as in a model: "query", "ec2", "rest-xml"...
  std::string shapes = "{}";      // the model's "shapes"; "In" and "Out" are taken where there
  std::string request_uri = "/";  // with "method" POST
  std::string operation = "";     // further members of the operation: "\"errors\": [...],"

  [[nodiscard]] std::shared_ptr<const ServiceModel> model() const;
};

}  // namespace cloudchamber::test
