// Launch templates, for RunInstances.
#pragma once

#include <string>

#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {

extern const Kind kLaunchTemplate;

// Which operation names a template by id or name, in the words of its refusals.
enum class TemplateUse { kToLaunch, kToModify, kToDelete };

// The id of the template that {"LaunchTemplateId" or "LaunchTemplateName"} names. Throws
// MissingParameter, InvalidParameterCombination, InvalidLaunchTemplateId.NotFound,
// InvalidLaunchTemplateName.NotFoundException.
[[nodiscard]] std::string launch_template_id(const Json& specification, const Ec2& state,
                                             TemplateUse use = TemplateUse::kToLaunch);

// The version that {..., "Version"} names, without one the default version:
// {"LaunchTemplateId": ..., "VersionNumber": ..., "LaunchTemplateData": {...}, ...}. The data is in
// the shape of RunInstances' input. Throws also InvalidLaunchTemplateId.VersionNotFound.
[[nodiscard]] Json launch_template_version(const Ec2& state, const Json& specification);

}  // namespace cloudchamber::mock::ec2
