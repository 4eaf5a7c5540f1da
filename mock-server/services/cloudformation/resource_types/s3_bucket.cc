// AWS::S3::Bucket
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html
#include <algorithm>
#include <cctype>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/rename.h"
#include "mock-server/services/cloudformation/resource_types/s3_lifecycle.h"
#include "mock-server/services/cloudformation/resource_types/types.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::cloudformation {
namespace {

std::string canned_acl(const std::string& access_control) {
  // "BucketOwnerFullControl" is "bucket-owner-full-control".
  std::string acl;
  for (const char c : access_control) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0 && !acl.empty()) acl += '-';
    acl += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return acl;
}

Json encryption(const ResourceCall& call) {
  const Json given = renamed(*call.find("BucketEncryption"),
                             {{"ServerSideEncryptionConfiguration", "Rules"}}, "BucketEncryption");
  Json rules = Json::array();
  for (const Json& rule :
       renamed_each(given.value("Rules", Json::array()),
                    {{"ServerSideEncryptionByDefault", "ApplyServerSideEncryptionByDefault"}},
                    "BucketEncryption/ServerSideEncryptionConfiguration"))
    rules.push_back(rule);
  return {{"Rules", rules}};
}

Json website(const ResourceCall& call) {
  Json given = renamed(*call.find("WebsiteConfiguration"), {}, "WebsiteConfiguration");
  if (given.contains("IndexDocument"))
    given["IndexDocument"] = {{"Suffix", given["IndexDocument"]}};
  if (given.contains("ErrorDocument")) given["ErrorDocument"] = {{"Key", given["ErrorDocument"]}};
  if (given.contains("RoutingRules")) {
    given["RoutingRules"] = renamed_each(
        given["RoutingRules"],
        {{"RedirectRule", "Redirect"}, {"RoutingRuleCondition", "Condition"}}, "RoutingRules");
  }
  return given;
}

Json cors(const ResourceCall& call) {
  const Json given =
      renamed(*call.find("CorsConfiguration"), {{"CorsRules", "CORSRules"}}, "CorsConfiguration");
  return {{"CORSRules",
           renamed_each(
               given.value("CORSRules", Json::array()),
               {{"Id", "ID"}, {"ExposedHeaders", "ExposeHeaders"}, {"MaxAge", "MaxAgeSeconds"}},
               "CorsConfiguration/CorsRules")}};
}

Json logging(const ResourceCall& call) {
  Json enabled =
      renamed(*call.find("LoggingConfiguration"),
              {{"DestinationBucketName", "TargetBucket"}, {"LogFilePrefix", "TargetPrefix"}},
              "LoggingConfiguration");
  if (!enabled.contains("TargetPrefix")) enabled["TargetPrefix"] = "";
  if (!enabled.contains("TargetBucket")) enabled["TargetBucket"] = call.physical_id();
  return {{"LoggingEnabled", std::move(enabled)}};
}

Json notification(const ResourceCall& call) {
  const Json given =
      renamed(*call.find("NotificationConfiguration"), {}, "NotificationConfiguration");
  const auto with_events = [](const Json& list, const char* target, const char* to) {
    Json result = Json::array();
    for (Json one :
         renamed_each(list, {{target, to}, {"Event", "Events"}}, "NotificationConfiguration")) {
      if (one.contains("Events") && !one["Events"].is_array())
        one["Events"] = Json::array({one["Events"]});
      if (one.contains("Filter"))
        one["Filter"] = renamed(one["Filter"], {{"S3Key", "Key"}}, "Filter");
      if (one.contains("Filter") && one["Filter"].contains("Key"))
        one["Filter"]["Key"] = renamed(one["Filter"]["Key"], {{"Rules", "FilterRules"}}, "S3Key");
      result.push_back(std::move(one));
    }
    return result;
  };
  Json result = Json::object();
  for (const auto& [name, value] : given.items()) {
    if (name == "QueueConfigurations") {
      result[name] = with_events(value, "Queue", "QueueArn");
    } else if (name == "TopicConfigurations") {
      result[name] = with_events(value, "Topic", "TopicArn");
    } else if (name == "LambdaConfigurations") {
      result["LambdaFunctionConfigurations"] = with_events(value, "Function", "LambdaFunctionArn");
    } else if (name == "EventBridgeConfiguration") {
      result[name] = Json::object();
    } else {
      result[name] = value;  // refused by the model
    }
  }
  return result;
}

// A setting: set where the template has it, taken away where an update no longer does.
struct Setting {
  const char* property;
  const char* put;
  const char* member;
  Json (*value)(const ResourceCall&);
  const char* remove;  // "" where `cleared` is put instead
  const char* cleared = "{}";
};

Json versioning(const ResourceCall& call) { return *call.find("VersioningConfiguration"); }
Json access_block(const ResourceCall& call) { return *call.find("PublicAccessBlockConfiguration"); }
Json ownership(const ResourceCall& call) { return *call.find("OwnershipControls"); }
Json acceleration(const ResourceCall& call) {
  return renamed(*call.find("AccelerateConfiguration"), {{"AccelerationStatus", "Status"}},
                 "AccelerateConfiguration");
}
Json object_lock(const ResourceCall& call) { return *call.find("ObjectLockConfiguration"); }

const Setting kSettings[] = {
    {"OwnershipControls", "PutBucketOwnershipControls", "OwnershipControls", ownership,
     "DeleteBucketOwnershipControls"},
    {"PublicAccessBlockConfiguration", "PutPublicAccessBlock", "PublicAccessBlockConfiguration",
     access_block, "DeletePublicAccessBlock"},
    {"VersioningConfiguration", "PutBucketVersioning", "VersioningConfiguration", versioning, "",
     R"({"Status":"Suspended"})"},
    {"BucketEncryption", "PutBucketEncryption", "ServerSideEncryptionConfiguration", encryption,
     "DeleteBucketEncryption"},
    {"CorsConfiguration", "PutBucketCors", "CORSConfiguration", cors, "DeleteBucketCors"},
    {"WebsiteConfiguration", "PutBucketWebsite", "WebsiteConfiguration", website,
     "DeleteBucketWebsite"},
    {"LifecycleConfiguration", "PutBucketLifecycleConfiguration", "LifecycleConfiguration",
     lifecycle_configuration, "DeleteBucketLifecycle"},
    {"LoggingConfiguration", "PutBucketLogging", "BucketLoggingStatus", logging, ""},
    {"NotificationConfiguration", "PutBucketNotificationConfiguration", "NotificationConfiguration",
     notification, ""},
    {"AccelerateConfiguration", "PutBucketAccelerateConfiguration", "AccelerateConfiguration",
     acceleration, "", R"({"Status":"Suspended"})"},
    {"ObjectLockConfiguration", "PutObjectLockConfiguration", "ObjectLockConfiguration",
     object_lock, "", R"({"ObjectLockEnabled":"Enabled"})"},
};

void apply_settings(const ResourceCall& call, const std::string& bucket) {
  for (const Setting& setting : kSettings) {
    if (!call.changed(setting.property)) continue;
    if (call.has(setting.property)) {
      call.invoke("s3", setting.put, {{"Bucket", bucket}, {setting.member, setting.value(call)}});
    } else if (*setting.remove != '\0') {
      call.invoke("s3", setting.remove, {{"Bucket", bucket}});
    } else {
      call.invoke("s3", setting.put,
                  {{"Bucket", bucket}, {setting.member, Json::parse(setting.cleared)}});
    }
  }
  const Json tags = call.tags();
  if (!tags.empty()) {
    call.invoke("s3", "PutBucketTagging", {{"Bucket", bucket}, {"Tagging", {{"TagSet", tags}}}});
  } else if (!call.physical_id().empty()) {
    call.invoke("s3", "DeleteBucketTagging", {{"Bucket", bucket}});
  }
}

Json attributes(const ResourceCall& call, const std::string& bucket) {
  const std::string& region = call.call().region();
  return {{"Arn", "arn:aws:s3:::" + bucket},
          {"DomainName", bucket + ".s3.amazonaws.com"},
          {"DualStackDomainName", bucket + ".s3.dualstack." + region + ".amazonaws.com"},
          {"RegionalDomainName", bucket + ".s3." + region + ".amazonaws.com"},
          {"WebsiteURL", "http://" + bucket + ".s3-website-" + region + ".amazonaws.com"}};
}

Made create(const ResourceCall& call) {
  std::string name = call.text("BucketName");
  if (!call.has("BucketName")) {
    name = lowered(call.generated_name(63));
  }
  Json input{{"Bucket", name}};
  if (call.call().region() != "us-east-1")
    input["CreateBucketConfiguration"] = {{"LocationConstraint", call.call().region()}};
  if (call.flag_or("ObjectLockEnabled", false)) input["ObjectLockEnabledForBucket"] = true;
  const bool with_acl = call.has("AccessControl") && call.text("AccessControl") != "Private";
  // To create one's own bucket again is no error in us-east-1, but it is not this stack's.
  bool exists = true;
  try {
    call.invoke("s3", "HeadBucket", {{"Bucket", name}});
  } catch (const AwsError&) {
    exists = false;
  }
  if (exists) throw AwsError("BucketAlreadyExists", name + " already exists", 409);
  call.invoke("s3", "CreateBucket", input);
  apply_settings(call, name);
  if (with_acl) {
    call.invoke("s3", "PutBucketAcl",
                {{"Bucket", name}, {"ACL", canned_acl(call.text("AccessControl"))}});
  }
  return {name, attributes(call, name)};
}

Made update(const ResourceCall& call) {
  const std::string& bucket = call.physical_id();
  apply_settings(call, bucket);
  if (call.changed("AccessControl")) {
    const std::string acl = canned_acl(call.text_or("AccessControl", "Private"));
    call.invoke("s3", "PutBucketAcl", {{"Bucket", bucket}, {"ACL", acl}});
  }
  return {bucket, attributes(call, bucket)};
}

void remove(const ResourceCall& call) {
  try {
    call.invoke("s3", "DeleteBucket", {{"Bucket", call.physical_id()}});
  } catch (const AwsError& error) {
    if (error.code() != "NoSuchBucket") throw;
  }
}

}  // namespace

ResourceType s3_bucket() {
  return {.name = "AWS::S3::Bucket",
          .properties = {{"BucketName", OnChange::kReplace},
                         {"ObjectLockEnabled", OnChange::kReplace},
                         {"AccessControl"},
                         {"AccelerateConfiguration"},
                         {"BucketEncryption"},
                         {"CorsConfiguration"},
                         {"LifecycleConfiguration"},
                         {"LoggingConfiguration"},
                         {"NotificationConfiguration"},
                         {"ObjectLockConfiguration"},
                         {"OwnershipControls"},
                         {"PublicAccessBlockConfiguration"},
                         {"Tags"},
                         {"VersioningConfiguration"},
                         {"WebsiteConfiguration"}},
          .attributes = {"Arn", "DomainName", "DualStackDomainName", "RegionalDomainName",
                         "WebsiteURL"},
          .identifiers = {"BucketName"},
          .name_property = "BucketName",
          .create = create,
          .update = update,
          .remove = remove};
}

}  // namespace cloudchamber::mock::cloudformation
