// Kind: all that the engine must know of a kind of resource to describe, filter, page, tag and
// delete it, as one constant:
//
//   constexpr FilterField kFilters[] = {{"state", "State"}, {"vpc-id", "VpcId"}};
//   constexpr Reference kReferences[] = {{"vpc", "VpcId"}};
//   const Kind kSubnet{.type = "subnet", .prefix = "subnet-", .id_member = "SubnetId",
//                      .list = "Subnets", .ids = "SubnetIds", ...};
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "mock-server/call/call.h"
#include "mock-server/services/ec2/engine/state.h"

namespace cloudchamber::mock::ec2 {

// What a question about a resource may look at. Lives as long as the call.
struct View {
  const Call& call;
  const Ec2& state;

  // Whether a change that began at `began` is still under way.
  [[nodiscard]] bool under_way(TimePoint began) const {
    return call.now() <= began + call.transition_time();
  }
};

// A filter of Describe: its name and where in the shown form its values stand. The path goes
// through lists by itself: "CidrBlockAssociationSet.CidrBlock" are all of them. tag:KEY, tag-key
// and tag-value are there without being named.
struct FilterField {
  std::string_view name;
  std::string_view path;
  // Instead of a path: text, a list of texts, or null for none.
  Json (*value)(const View& view, const std::string& id, const Resource& resource) = nullptr;
};

// What a reference does when the resource that it names is to be deleted.
enum class Effect {
  kBlocks,     // DependencyViolation
  kGoesAlong,  // the referring resource is deleted with it, as a VPC's main route table
  kNone
};

// That resources of this kind name one of kind `type` at `path` of their shown form.
struct Reference {
  std::string_view type;
  std::string_view path;
  // Decides for each resource; without it, it blocks.
  Effect (*effect)(const Resource& resource) = nullptr;
};

// In the texts, {} stands for the id (or several, separated by commas).
struct Kind {
  std::string_view type;       // as the model's ResourceType calls it: "internet-gateway"
  std::string_view prefix;     // "igw-"; ids are it and 17 hex digits
  std::string_view id_member;  // "InternetGatewayId"
  std::string_view list;       // in Describe's output: "InternetGateways"
  std::string_view ids;        // in Describe's input: "InternetGatewayIds"

  std::string_view not_found_code;  // "InvalidInternetGatewayID.NotFound"
  std::string_view not_found;       // "The internetGateway ID '{}' does not exist"
  // Said when several are missing; "" for telling the first alone.
  std::string_view several_not_found = "";
  std::string_view malformed_code;  // "InvalidInternetGatewayId.Malformed"
  std::string_view malformed = "";  // its text; "": 'Invalid id: "x" (expecting "igw-...")'
  // Whether an id must have 8 or 17 hex digits to be well-formed; others need the prefix and more:
  // AWS says of 'vpc-foo' that it does not exist.
  bool exact_ids = false;
  std::string_view in_use;  // DependencyViolation's text

  std::span<const FilterField> filters;
  std::span<const Reference> references;

  // How the ids' parameter is called in the refusal of ids together with MaxResults
  // ("instancesSet"); "" where both may be given.
  std::string_view ids_exclude_paging = "";
  // Bounds of MaxResults where the model has none; 0 for none.
  std::int64_t min_results = 0;
  std::int64_t max_results = 0;

  bool has_owner = true;     // is shown with an OwnerId
  bool tags_always = false;  // is shown with "Tags": [] when it has none
  bool taggable = true;
  std::string_view tags_member = "Tags";  // how its tags are called: network interfaces' "TagSet"
  // Under which code a bad TagSpecification is refused: InvalidParameter where the network is made
  // (CreateSubnet, CreateVpcEndpoint), else InvalidParameterValue (RunInstances,
  // CreateSnapshot).
  std::string_view tag_specification_code = "InvalidParameterValue";

  // The shown form at this moment: resource.shown, or `scratch`, filled with what a change under
  // way makes of it. Called for every row that a filter looks at: it copies only while a change is
  // under way.
  const Json& (*at_present)(const View& view, const Resource& resource, Json& scratch) = nullptr;
  // Adds what is computed (of other resources) to a row that is answered. A filter on it needs a
  // FilterField::value.
  void (*complete)(const View& view, const std::string& id, const Resource& resource,
                   Json& shown) = nullptr;
  // Whether it is there no more (an instance an hour after its end).
  bool (*gone)(const View& view, const Resource& resource) = nullptr;
};

// How it is at this moment, without what the kind completes and without tags: resource.shown, or
// `scratch`.
const Json& at_present(const View& view, const Kind& kind, const Resource& resource, Json& scratch);

// A Kind::at_present for what has a "State" that is "pending" at first.
const Json& pending_at_first(const View& view, const Resource& resource, Json& scratch);
// A Kind::at_present for what begin_change() has changed: while that is under way, it is shown with
// the members that begin_change() was given in place of those that it settles to.
const Json& changing_at_first(const View& view, const Resource& resource, Json& scratch);
// To be called when `shown` has been set to what it settles to. A member that is null in
// `meanwhile` is not shown meanwhile.
void begin_change(Resource& resource, TimePoint now, Json meanwhile);

// The text with `ids` in place of {}.
[[nodiscard]] std::string worded(std::string_view text, std::string_view ids);

}  // namespace cloudchamber::mock::ec2
