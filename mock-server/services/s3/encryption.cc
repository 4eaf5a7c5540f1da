#include "mock-server/services/s3/encryption.h"

#include <nlohmann/json.hpp>

#include "mock-server/services/s3/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::string_view kHeader = "x-amz-server-side-encryption";
constexpr std::size_t kCustomerKeySize = 32;

bool is_kms(std::string_view algorithm) {
  return algorithm == "aws:kms" || algorithm == "aws:kms:dsse";
}

// Answers name a key by its ARN, however the request named it.
std::string key_arn(const Call& call, const std::string& key) {
  if (key.starts_with("arn:")) return key;
  const std::string place = "arn:aws:kms:" + call.region() + ":" + call.account() + ":";
  return place + (key.starts_with("alias/") ? key : "key/" + key);
}

// The key that AWS manages for S3 in an account and region.
std::string managed_key_arn(const Call& call) {
  const std::string digits = hex(sha256("aws/s3 " + call.account() + " " + call.region()));
  return key_arn(call, digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-4" +
                           digits.substr(13, 3) + "-8" + digits.substr(17, 3) + "-" +
                           digits.substr(20, 12));
}

}  // namespace

std::string customer_key_md5(const Call& call, const std::string& prefix) {
  const std::string algorithm_member = prefix + "SSECustomerAlgorithm";
  const std::string key_member = prefix + "SSECustomerKey";
  const std::string md5_member = prefix + "SSECustomerKeyMD5";
  const bool any = call.has(algorithm_member) || call.has(key_member) || call.has(md5_member);
  if (!any) return "";
  if (!call.has(algorithm_member)) {
    throw invalid_argument(
        "Requests specifying Server Side Encryption with Customer provided keys must provide a "
        "valid encryption algorithm.",
        kHeader);
  }
  if (const std::string& algorithm = call.text(algorithm_member); algorithm != "AES256") {
    AwsError error("InvalidEncryptionAlgorithmError",
                   "The Encryption request you specified is not valid. Supported value: AES256.",
                   400);
    throw error.with("ArgumentName", std::string(kHeader)).with("ArgumentValue", algorithm);
  }
  if (!call.has(key_member)) {
    throw invalid_argument(
        "Requests specifying Server Side Encryption with Customer provided keys must provide an "
        "appropriate secret key.",
        kHeader);
  }
  if (!call.has(md5_member)) {
    throw invalid_argument(
        "Requests specifying Server Side Encryption with Customer provided keys must provide the "
        "client calculated MD5 of the secret key.",
        kHeader);
  }
  const auto key = base64_decode(call.text(key_member));
  if (!key || key->size() != kCustomerKeySize) {
    throw invalid_argument("The secret key was invalid for the specified algorithm.", kHeader);
  }
  std::string digest = base64_encode(md5(*key));
  if (digest != call.text(md5_member)) {
    throw invalid_argument(
        "The calculated MD5 hash of the key did not match the hash that was provided.", kHeader);
  }
  return digest;
}

Encryption requested_encryption(const Call& call, const Bucket& bucket) {
  Encryption encryption;
  const std::string algorithm = call.text_or("ServerSideEncryption", "");
  if (call.has("SSECustomerAlgorithm") || call.has("SSECustomerKey") ||
      call.has("SSECustomerKeyMD5")) {
    if (!algorithm.empty()) {
      throw invalid_argument(
          "Server Side Encryption with Customer provided key is incompatible with the encryption "
          "method specified",
          kHeader, algorithm);
    }
    encryption.customer_key_md5 = customer_key_md5(call);
    return encryption;
  }
  if (call.has("SSEKMSKeyId") && !is_kms(algorithm)) {
    throw invalid_argument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header "
        "x-amz-server-side-encryption : aws:kms",
        kHeader);
  }
  if (call.has("ServerSideEncryption")) {
    if (algorithm != "AES256" && !is_kms(algorithm)) {
      throw invalid_argument("The encryption method specified is not supported", kHeader,
                             algorithm);
    }
    encryption.algorithm = algorithm;
    if (is_kms(algorithm)) {
      encryption.kms_key_id =
          call.has("SSEKMSKeyId") ? key_arn(call, call.text("SSEKMSKeyId")) : managed_key_arn(call);
      encryption.kms_context = call.text_or("SSEKMSEncryptionContext", "");
      encryption.bucket_key = call.flag_or("BucketKeyEnabled", false);
    }
    return encryption;
  }
  encryption.algorithm = "AES256";
  if (const Json* configured = bucket.configuration("Encryption")) {
    const Json& rule = (*configured)["Rules"][0];
    const Json& by_default = rule["ApplyServerSideEncryptionByDefault"];
    encryption.algorithm = by_default.value("SSEAlgorithm", "AES256");
    if (is_kms(encryption.algorithm)) {
      const std::string key = by_default.value("KMSMasterKeyID", "");
      encryption.kms_key_id = key.empty() ? managed_key_arn(call) : key_arn(call, key);
      encryption.bucket_key = rule.value("BucketKeyEnabled", false);
    }
  }
  return encryption;
}

void check_customer_key(const Call& call, const Encryption& encryption, const std::string& prefix) {
  const std::string given = customer_key_md5(call, prefix);
  if (!encryption.by_customer()) {
    if (given.empty()) return;
    throw invalid_request("The encryption parameters are not applicable to this object.");
  }
  if (given.empty()) {
    throw invalid_request(
        "The object was stored using a form of Server Side Encryption. The correct parameters must "
        "be provided to retrieve the object.");
  }
  if (given != encryption.customer_key_md5) {
    throw access_denied(
        "Requests specifying Server Side Encryption with Customer provided keys must provide the "
        "correct secret key.");
  }
}

void write_encryption(const Encryption& encryption, Json& output, bool shows_context) {
  if (encryption.by_customer()) {
    output["SSECustomerAlgorithm"] = "AES256";
    output["SSECustomerKeyMD5"] = encryption.customer_key_md5;
    return;
  }
  output["ServerSideEncryption"] = encryption.algorithm;
  if (!encryption.kms_key_id.empty()) output["SSEKMSKeyId"] = encryption.kms_key_id;
  if (encryption.bucket_key) output["BucketKeyEnabled"] = true;
  if (shows_context && !encryption.kms_context.empty()) {
    output["SSEKMSEncryptionContext"] = encryption.kms_context;
  }
}

Json default_encryption_configuration() {
  return {
      {"Rules", Json::array({{{"ApplyServerSideEncryptionByDefault", {{"SSEAlgorithm", "AES256"}}},
                              {"BucketKeyEnabled", false}}})}};
}

}  // namespace cloudchamber::mock::s3
