#include "mock-server/services/sts/service.h"

#include <nlohmann/json.hpp>

#include "mock-server/call/constraints.h"
#include "mock-server/services/sts/operations.h"

namespace cloudchamber::mock::sts {
namespace {

void check_constraints(const Call& call) {
  if (call.operation().input == nullptr) return;
  if (const auto message = constraint_message(*call.operation().input, call.input())) {
    throw AwsError("ValidationError", *message);
  }
}

}  // namespace

// What is emulated, on one screen. An operation of the model that has no line here is answered with
// NotImplemented, by name.
Service make_service() {
  return Service("sts")
      .validated_by(check_constraints)
      .on("AssumeRole", assume_role)
      .on("GetCallerIdentity", get_caller_identity)
      .on("GetSessionToken", get_session_token);
}

}  // namespace cloudchamber::mock::sts
