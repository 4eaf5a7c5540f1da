#include "tests/support/one_operation.h"

namespace cloudchamber::test {

std::shared_ptr<const ServiceModel> OneOperation::model() const {
  const auto has = [&](const char* shape) { return shapes.find(shape) != std::string::npos; };
  std::string text = R"({"version": "2.0", "metadata": {"apiVersion": "2020-01-01",
    "endpointPrefix": "small", "serviceId": "Small", "signatureVersion": "v4", "jsonVersion": "1.1",
    "targetPrefix": "Small", "protocol": ")";
  text += protocol + R"("}, "operations": {"Go": {"name": "Go", )" + operation;
  if (has("\"In\"")) text += R"("input": {"shape": "In"}, )";
  if (has("\"Out\"")) text += R"("output": {"shape": "Out"}, )";
  text += R"("http": {"method": "POST", "requestUri": ")" + request_uri + R"("}}}, "shapes": )";
  return ServiceModel::from_text("small", text + shapes + "}");
}

}  // namespace cloudchamber::test
