// CreateLaunchTemplate, DeleteLaunchTemplate, DescribeLaunchTemplates, ModifyLaunchTemplate.
#include "mock-server/services/ec2/launch_templates.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/launch_template_versions.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {{"create-time", "CreateTime"},
                                    {"launch-template-id", "LaunchTemplateId"},
                                    {"launch-template-name", "LaunchTemplateName"}};

constexpr std::size_t kMinName = 3;
constexpr std::size_t kMaxName = 128;

AwsError name_not_found(const std::string& name) {
  return {"InvalidLaunchTemplateName.NotFoundException",
          "The specified launch template, with template name " + name + ", does not exist."};
}

// "" for none.
std::string id_of_name(const Ec2& state, const std::string& name) {
  for (const auto& [id, one] : state.of(kLaunchTemplate)) {
    if (one.shown.at("LaunchTemplateName") == name) return id;
  }
  return "";
}

void check_name(const std::string& name) {
  const bool good = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("().-/_").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (!good || name.size() < kMinName || name.size() > kMaxName)
    throw AwsError("InvalidLaunchTemplateName.MalformedException",
                   "A launch template name must be between 3 and 128 characters, and may contain "
                   "letters, numbers, and the following characters: - ( ) . / _.");
}

Json create_launch_template(Call& call, Ec2& state) {
  Resource made;
  made.tags = tags_given(call, kLaunchTemplate);
  const std::string& name = call.text("LaunchTemplateName");
  check_name(name);
  if (!id_of_name(state, name).empty())
    throw AwsError("InvalidLaunchTemplateName.AlreadyExistsException",
                   "Launch template name already in use.");
  const Json& data = call.at("LaunchTemplateData");
  check_launch_template_data(data);
  made.shown = {{"LaunchTemplateName", name},
                {"CreateTime", iso8601_milliseconds(std::chrono::floor<Seconds>(call.now()))},
                {"CreatedBy", call.principal().arn},
                {"DefaultVersionNumber", 1},
                {"LatestVersionNumber", 1},
                {"Operator", {{"Managed", false}}}};
  made.kept["Versions"] =
      Json::array({new_version(call, 1, call.text_or("VersionDescription", ""), data)});
  const std::string id = create(Origin(call), state, kLaunchTemplate, std::move(made));
  return {{"LaunchTemplate", shown(call, state, kLaunchTemplate, id)}};
}

Json delete_launch_template(Call& call, Ec2& state) {
  const std::string id = launch_template_id(call.input(), state, TemplateUse::kToDelete);
  Json before = shown(call, state, kLaunchTemplate, id);
  remove(Origin(call), state, kLaunchTemplate, id);
  return {{"LaunchTemplate", std::move(before)}};
}

Json modify_launch_template(Call& call, Ec2& state) {
  const std::string id = launch_template_id(call.input(), state, TemplateUse::kToModify);
  if (call.has("DefaultVersion")) {
    const std::string& wanted = call.text("DefaultVersion");
    const Json* version = find_version(get(state, kLaunchTemplate, id), wanted);
    if (version == nullptr)
      throw AwsError("InvalidLaunchTemplateId.VersionNotFound",
                     "The launch template version " + wanted +
                         " is not found for the specified launch template.");
    change(state, kLaunchTemplate, id).shown["DefaultVersionNumber"] = version->at("VersionNumber");
  }
  return {{"LaunchTemplate", shown(call, state, kLaunchTemplate, id)}};
}

Json describe_launch_templates(Call& call, const Ec2& state) {
  const Json* names = call.find("LaunchTemplateNames");
  if (names == nullptr || names->empty()) return describe(call, state, kLaunchTemplate);
  if (call.has("LaunchTemplateIds"))
    throw invalid_combination(
        "The parameters launchTemplateIds and launchTemplateNames cannot be "
        "used together.");
  std::set<std::string> wanted;
  for (const Json& name : *names) {
    if (id_of_name(state, name).empty())
      throw AwsError("InvalidLaunchTemplateName.NotFoundException",
                     "At least one of the launch templates specified in the request does not "
                     "exist.");
    wanted.insert(name.get<std::string>());
  }
  return describe(call, state, kLaunchTemplate, [&](const Resource& one) {
    return wanted.contains(one.shown.at("LaunchTemplateName").get<std::string>());
  });
}

}  // namespace

const Kind kLaunchTemplate{
    .type = "launch-template",
    .prefix = "lt-",
    .id_member = "LaunchTemplateId",
    .list = "LaunchTemplates",
    .ids = "LaunchTemplateIds",
    .not_found_code = "InvalidLaunchTemplateId.NotFound",
    .not_found = "The specified launch template, with template ID {}, does not exist.",
    .malformed_code = "InvalidLaunchTemplateId.Malformed",
    .in_use = "The launch template '{}' has dependencies and cannot be deleted.",
    .filters = kFilters,
    .has_owner = false};

std::string launch_template_id(const Json& specification, const Ec2& state, TemplateUse use) {
  const std::string id = specification.value("LaunchTemplateId", "");
  const std::string name = specification.value("LaunchTemplateName", "");
  if (id.empty() && name.empty())
    throw missing_parameter("launch template ID or launch template name");
  if (!id.empty() && !name.empty())
    throw invalid_combination("Either provide launch template ID or launch template name to " +
                              std::string(use == TemplateUse::kToModify   ? "modify"
                                          : use == TemplateUse::kToDelete ? "delete"
                                                                          : "launch") +
                              " the template.");
  if (!id.empty()) {
    (void)get(state, kLaunchTemplate, id);
    return id;
  }
  const std::string found = id_of_name(state, name);
  if (found.empty()) throw name_not_found(name);
  return found;
}

Json launch_template_version(const Ec2& state, const Json& specification) {
  return version_of(get(state, kLaunchTemplate, launch_template_id(specification, state)),
                    specification.value("Version", "$Default"));
}

Family launch_templates() {
  return {.kinds = {&kLaunchTemplate},
          .operations = {{"CreateLaunchTemplate", writes<create_launch_template>},
                         {"DeleteLaunchTemplate", writes<delete_launch_template>},
                         {"DescribeLaunchTemplates", reads<describe_launch_templates>},
                         {"ModifyLaunchTemplate", writes<modify_launch_template>}}};
}

}  // namespace cloudchamber::mock::ec2
