#include "sdk/dynamodb/plain_values.h"

#include "sdk/dynamodb/transform.h"

namespace cloudchamber::dynamodb {

const CallTransformation& plain_values() {
  static constexpr CallTransformation kPlainValues{
      .parameters =
          [](const Operation& operation, Json& parameters) {
            if (operation.input == nullptr) return;
            inject_condition_expressions(*operation.input, parameters);
            inject_attribute_value_input(*operation.input, parameters);
          },
      .result =
          [](const Operation& operation, Json& result) {
            if (operation.output != nullptr)
              inject_attribute_value_output(*operation.output, result);
          }};
  return kPlainValues;
}

}  // namespace cloudchamber::dynamodb
