// CreateLaunchTemplateVersion, DeleteLaunchTemplateVersions, DescribeLaunchTemplateVersions.
#include "mock-server/services/ec2/launch_template_versions.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/engine/paging.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/launch_templates.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"create-time", "CreateTime"},
    {"ebs-optimized", "LaunchTemplateData.EbsOptimized"},
    {"http-endpoint", "LaunchTemplateData.MetadataOptions.HttpEndpoint"},
    {"http-protocol-ipv4", "LaunchTemplateData.MetadataOptions.HttpProtocolIpv4"},
    {"http-tokens", "LaunchTemplateData.MetadataOptions.HttpTokens"},
    {"iam-instance-profile", "LaunchTemplateData.IamInstanceProfile.Arn"},
    {"image-id", "LaunchTemplateData.ImageId"},
    {"instance-type", "LaunchTemplateData.InstanceType"},
    {"is-default-version", "DefaultVersion"},
    {"kernel-id", "LaunchTemplateData.KernelId"},
    {"network-card-index", "LaunchTemplateData.NetworkInterfaces.NetworkCardIndex"},
    {"ram-disk-id", "LaunchTemplateData.RamDiskId"}};

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::int64_t number_of_version(const Resource& one, const std::string& version) {
  if (version == "$Latest") return one.shown.at("LatestVersionNumber");
  if (version == "$Default") return one.shown.at("DefaultVersionNumber");
  return number_of(version).value_or(0);
}

Json shown_version(const Resource& one, const Json& version) {
  Json out = version;
  out["LaunchTemplateId"] = one.shown.at("LaunchTemplateId");
  out["LaunchTemplateName"] = one.shown.at("LaunchTemplateName");
  out["DefaultVersion"] = version.at("VersionNumber") == one.shown.at("DefaultVersionNumber");
  out["Operator"] = {{"Managed", false}};
  return out;
}

// Null for none.
const Json* find_numbered(const Resource& one, std::int64_t number) {
  const Json& versions = one.kept.at("Versions");
  const auto found = std::find_if(versions.begin(), versions.end(), [&](const Json& version) {
    return version.at("VersionNumber") == number;
  });
  return found == versions.end() ? nullptr : &*found;
}

Json create_launch_template_version(Call& call, Ec2& state) {
  const std::string id = launch_template_id(call.input(), state);
  const Resource& before = get(state, kLaunchTemplate, id);
  Json data = Json::object();
  if (call.has("SourceVersion"))
    data = version_of(before, call.text("SourceVersion")).at("LaunchTemplateData");
  data.update(call.at("LaunchTemplateData"));
  check_launch_template_data(data);
  const std::int64_t number = before.shown.at("LatestVersionNumber").get<std::int64_t>() + 1;
  Json made = new_version(call, number, call.text_or("VersionDescription", ""), data);
  Resource& one = change(state, kLaunchTemplate, id);
  one.shown["LatestVersionNumber"] = number;
  one.kept["Versions"].push_back(made);
  return {{"LaunchTemplateVersion", shown_version(one, made)}};
}

// Each version succeeds or fails by itself.
Json delete_launch_template_versions(Call& call, Ec2& state) {
  const std::string id = launch_template_id(call.input(), state);
  Resource& one = change(state, kLaunchTemplate, id);
  const Json& name = one.shown.at("LaunchTemplateName");
  Json deleted = Json::array();
  Json failed = Json::array();
  for (const Json& version : call.at("Versions")) {
    const std::string text = version.get<std::string>();
    const std::int64_t number = number_of(text).value_or(0);
    Json row{{"LaunchTemplateId", id}, {"LaunchTemplateName", name}, {"VersionNumber", number}};
    if (find_numbered(one, number) == nullptr) {
      row["ResponseError"] = {{"Code", "launchTemplateVersionDoesNotExist"},
                              {"Message", "Could not find the specified version " + text +
                                              " for the launch template with ID " + id + "."}};
      failed.push_back(std::move(row));
    } else if (number == one.shown.at("DefaultVersionNumber")) {
      row["ResponseError"] = {{"Code", "unexpectedError"},
                              {"Message",
                               "Cannot delete the default version of the launch "
                               "template."}};
      failed.push_back(std::move(row));
    } else {
      Json& versions = one.kept["Versions"];
      versions.erase(std::find_if(versions.begin(), versions.end(), [&](const Json& candidate) {
        return candidate.at("VersionNumber") == number;
      }));
      one.shown["LatestVersionNumber"] = versions.back().at("VersionNumber");
      deleted.push_back(std::move(row));
    }
  }
  return {{"SuccessfullyDeletedLaunchTemplateVersions", deleted},
          {"UnsuccessfullyDeletedLaunchTemplateVersions", failed}};
}

// Of one template: the versions asked for, else all between MinVersion and MaxVersion.
Json versions_of_one(const Call& call, const Resource& one) {
  Json rows = Json::array();
  if (const Json* asked_for = call.find("Versions"); asked_for != nullptr && !asked_for->empty()) {
    for (const Json& version : *asked_for)
      rows.push_back(version_of(one, version.get<std::string>()));
    return rows;
  }
  const std::int64_t min = number_of(call.text_or("MinVersion", "1")).value_or(1);
  const auto max = call.has("MaxVersion") ? number_of(call.text("MaxVersion")) : std::nullopt;
  for (const Json& version : one.kept.at("Versions")) {
    const std::int64_t number = version.at("VersionNumber");
    if (number >= min && (!max.has_value() || number <= *max))
      rows.push_back(shown_version(one, version));
  }
  return rows;
}

AwsError which_versions(const char* code) {
  return {code,
          "To describe the launch template data for all your launch templates, for ‘--versions’ "
          "specify ‘$Latest’, ‘$Default’, or both, and omit ‘--launch-template-id’, "
          "‘--launch-template-name’, and version numbers. To describe the launch template data for "
          "a specific launch template, specify ‘--launch-template-id’ or ‘--launch-template-name’, "
          "and for ‘--versions’ specify one or more of the following values: ‘$Latest’, "
          "‘$Default’, or one or more version numbers."};
}

// Without a template: the latest or default versions of all.
Json versions_of_all(const Call& call, const Ec2& state) {
  const Json* versions = call.find("Versions");
  if (versions == nullptr || versions->empty()) throw which_versions("MissingParameter");
  const bool fits = std::all_of(versions->begin(), versions->end(), [](const Json& one) {
    return one == "$Latest" || one == "$Default";
  });
  if (!fits) throw which_versions("InvalidParameterValue");
  Json rows = Json::array();
  for (const auto& [id, one] : state.of(kLaunchTemplate)) {
    for (const Json& version : *versions) {
      Json row = version_of(one, version.get<std::string>());
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
    }
  }
  return rows;
}

Json describe_launch_template_versions(Call& call, const Ec2& state) {
  const bool one = call.has("LaunchTemplateId") || call.has("LaunchTemplateName");
  const Json rows = one ? versions_of_one(call, get(state, kLaunchTemplate,
                                                    launch_template_id(call.input(), state)))
                        : versions_of_all(call, state);
  const Filters filters(call.input(), kFilters);
  const Page page = page_of(call, "launch-template-versions", 1, 200);
  Json output{{"LaunchTemplateVersions", Json::array()}};
  bool begun = page.after.empty();
  for (const Json& row : rows) {
    const std::string key = row.at("LaunchTemplateId").get<std::string>() + '/' +
                            std::to_string(row.at("VersionNumber").get<std::int64_t>());
    if (!begun) {
      begun = key == page.after;
      continue;
    }
    if (!filters.accept(row)) continue;
    Json& given = output["LaunchTemplateVersions"];
    if (given.size() == page.limit) {
      const Json& last = given.back();
      output["NextToken"] =
          token_after("launch-template-versions",
                      last.at("LaunchTemplateId").get<std::string>() + '/' +
                          std::to_string(last.at("VersionNumber").get<std::int64_t>()));
      break;
    }
    given.push_back(row);
  }
  return output;
}

}  // namespace

Json new_version(const Call& call, std::int64_t number, const std::string& description,
                 const Json& data) {
  Json out{{"VersionNumber", number},
           {"CreateTime", iso8601_milliseconds(std::chrono::floor<Seconds>(call.now()))},
           {"CreatedBy", call.principal().arn},
           {"LaunchTemplateData", data}};
  if (!description.empty()) out["VersionDescription"] = description;
  return out;
}

const Json* find_version(const Resource& launch_template, const std::string& version) {
  return find_numbered(launch_template, number_of_version(launch_template, version));
}

Json version_of(const Resource& launch_template, const std::string& version) {
  const Json* found = find_version(launch_template, version);
  if (found == nullptr)
    throw AwsError("InvalidLaunchTemplateId.VersionNotFound",
                   "Could not find the specified version " + version +
                       " for the launch template with ID " +
                       launch_template.shown.at("LaunchTemplateId").get<std::string>() + ".");
  return shown_version(launch_template, *found);
}

void check_launch_template_data(const Json& data) {
  for (const Json& specification : data.value("TagSpecifications", Json::array()))
    (void)checked_tags(specification.value("Tags", Json::array()));
}

Family launch_template_versions() {
  return {
      .kinds = {},
      .operations = {{"CreateLaunchTemplateVersion", writes<create_launch_template_version>},
                     {"DeleteLaunchTemplateVersions", writes<delete_launch_template_versions>},
                     {"DescribeLaunchTemplateVersions", reads<describe_launch_template_versions>}}};
}

}  // namespace cloudchamber::mock::ec2
