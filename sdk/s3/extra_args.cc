#include "sdk/s3/extra_args.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/errors.h"
#include "cloudchamber/s3/transfer.h"
#include "sdk/model/service_model.h"
#include "sdk/validate/did_you_mean.h"

namespace cloudchamber::s3 {
namespace {

const Shape& input_of(const Client& client, std::string_view operation) {
  const Operation* found = client.meta().service_model->find_operation(operation);
  if (found == nullptr || found->input == nullptr)
    throw UnknownOperationError("No client of S3: " + client.meta().service_name);
  return *found->input;
}

}  // namespace

const Json& no_extra_args() {
  static const Json none = Json::object();
  return none;
}

void check_extra_args(const Client& client, const Json& extra_args,
                      std::initializer_list<std::string_view> operations) {
  if (!extra_args.is_object())
    throw ParamValidationError("Parameter validation failed:\nextra_args must be an object");
  std::vector<std::string_view> known;
  for (const std::string_view operation : operations) {
    for (const Member& member : input_of(client, operation).members) known.push_back(member.name);
  }
  for (const auto& [name, value] : extra_args.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw ParamValidationError("Parameter validation failed:\nInvalid extra_args key \"" + name +
                               "\"" + did_you_mean(name, known));
  }
}

Json with_extra_args(const Client& client, std::string_view operation, Json parameters,
                     const Json& extra_args) {
  const Shape& input = input_of(client, operation);
  for (const auto& [name, value] : extra_args.items()) {
    if (input.find(name) != nullptr) parameters.emplace(name, value);
  }
  return parameters;
}

}  // namespace cloudchamber::s3
