// The configurations of a bucket that are kept and given back: versioning, encryption, CORS,
// website, request payment, acceleration; and those of which only the empty one is emulated:
// notifications, logging.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/cors.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"

namespace cloudchamber::mock::s3 {
namespace {

// A configuration that must be there.
const Json& configured(const Bucket& bucket, const std::string& kind, const std::string& code,
                       const std::string& message) {
  const Json* found = bucket.configuration(kind);
  if (found == nullptr) throw missing_configuration(code, message, bucket.name);
  return *found;
}

Json removed(Call& call, Buckets& buckets, std::string_view action, const std::string& kind) {
  bucket_for(call, buckets, action).configurations.erase(kind);
  return Json::object();
}

}  // namespace

Json put_bucket_versioning(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketVersioning");
  const std::string status = call.at("VersioningConfiguration").value("Status", "");
  if (status.empty()) {
    throw AwsError("IllegalVersioningConfigurationException",
                   "The Versioning element must be specified", 400);
  }
  if (status != "Enabled" && status != "Suspended") throw malformed_xml();
  if (bucket.object_lock && status == "Suspended") {
    throw invalid_bucket_state(
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be "
        "changed.");
  }
  bucket.versioning = status;
  return Json::object();
}

Json get_bucket_versioning(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketVersioning");
  if (bucket.versioning.empty()) return Json::object();
  return {{"Status", bucket.versioning}};
}

Json put_bucket_encryption(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutEncryptionConfiguration");
  const Json& configuration = call.at("ServerSideEncryptionConfiguration");
  const auto rules = configuration.find("Rules");
  if (rules == configuration.end() || rules->size() != 1) throw malformed_xml();
  Json rule = (*rules)[0];
  const auto by_default = rule.find("ApplyServerSideEncryptionByDefault");
  if (by_default == rule.end()) throw malformed_xml();
  const std::string algorithm = by_default->value("SSEAlgorithm", "");
  const bool kms = algorithm == "aws:kms" || algorithm == "aws:kms:dsse";
  if (algorithm != "AES256" && !kms) throw malformed_xml();
  if (!kms && by_default->contains("KMSMasterKeyID")) {
    throw invalid_argument(
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
        "aws:kms:dsse",
        "ApplyServerSideEncryptionByDefault");
  }
  if (!rule.contains("BucketKeyEnabled")) rule["BucketKeyEnabled"] = false;
  bucket.configurations.put("Encryption", {{"Rules", Json::array({std::move(rule)})}});
  return Json::object();
}

Json get_bucket_encryption(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetEncryptionConfiguration");
  const Json* found = bucket.configuration("Encryption");
  return {{"ServerSideEncryptionConfiguration",
           found != nullptr ? *found : default_encryption_configuration()}};
}

Json delete_bucket_encryption(Call& call, Buckets& buckets) {
  return removed(call, buckets, "s3:PutEncryptionConfiguration", "Encryption");
}

Json put_bucket_cors(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketCORS");
  const Json& configuration = call.at("CORSConfiguration");
  const auto rules = configuration.find("CORSRules");
  if (rules == configuration.end()) throw malformed_xml();
  check_cors_rules(*rules);
  bucket.configurations.put("Cors", *rules);
  return Json::object();
}

Json get_bucket_cors(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketCORS");
  return {{"CORSRules", configured(bucket, "Cors", "NoSuchCORSConfiguration",
                                   "The CORS configuration does not exist")}};
}

Json delete_bucket_cors(Call& call, Buckets& buckets) {
  return removed(call, buckets, "s3:PutBucketCORS", "Cors");
}

Json put_bucket_website(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketWebsite");
  const Json& website = call.at("WebsiteConfiguration");
  const bool redirects = website.contains("RedirectAllRequestsTo");
  if (redirects && website.size() > 1) {
    throw invalid_argument(
        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        "RedirectAllRequestsTo", "not null");
  }
  if (!redirects) {
    const auto index = website.find("IndexDocument");
    if (index == website.end()) {
      throw invalid_argument(
          "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
          "IndexDocument", "null");
    }
    const std::string suffix = index->value("Suffix", "");
    if (suffix.empty() || suffix.find('/') != std::string::npos) {
      throw invalid_argument("The IndexDocument Suffix is not well formed", "IndexDocument",
                             suffix);
    }
  }
  bucket.configurations.put("Website", website);
  return Json::object();
}

Json get_bucket_website(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketWebsite");
  return configured(bucket, "Website", "NoSuchWebsiteConfiguration",
                    "The specified bucket does not have a website configuration");
}

Json delete_bucket_website(Call& call, Buckets& buckets) {
  return removed(call, buckets, "s3:DeleteBucketWebsite", "Website");
}

Json put_bucket_request_payment(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutBucketRequestPayment");
  const std::string payer = call.at("RequestPaymentConfiguration").value("Payer", "");
  if (payer != "Requester" && payer != "BucketOwner") throw malformed_xml();
  bucket.configurations.put("RequestPayment", payer);
  return Json::object();
}

Json get_bucket_request_payment(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetBucketRequestPayment");
  const Json* payer = bucket.configuration("RequestPayment");
  return {{"Payer", payer != nullptr ? *payer : Json("BucketOwner")}};
}

Json put_bucket_accelerate_configuration(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_for(call, buckets, "s3:PutAccelerateConfiguration");
  const std::string status = call.at("AccelerateConfiguration").value("Status", "");
  if (status != "Enabled" && status != "Suspended") throw malformed_xml();
  if (bucket.name.find('.') != std::string::npos) {
    throw invalid_request(
        "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
  }
  bucket.configurations.put("Accelerate", status);
  return Json::object();
}

Json get_bucket_accelerate_configuration(Call& call, const Buckets& buckets) {
  const Bucket& bucket = bucket_for(call, buckets, "s3:GetAccelerateConfiguration");
  const Json* status = bucket.configuration("Accelerate");
  if (status == nullptr) return Json::object();
  return {{"Status", *status}};
}

Json put_bucket_logging(Call& call, Buckets& buckets) {
  static_cast<void>(bucket_for(call, buckets, "s3:PutBucketLogging"));
  if (call.at("BucketLoggingStatus").contains("LoggingEnabled")) {
    throw not_implemented("PutBucketLogging with LoggingEnabled");
  }
  return Json::object();
}

Json get_bucket_logging(Call& call, const Buckets& buckets) {
  static_cast<void>(bucket_for(call, buckets, "s3:GetBucketLogging"));
  return Json::object();
}

}  // namespace cloudchamber::mock::s3
