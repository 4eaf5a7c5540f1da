#include "sdk/client/s3_customizations.h"

#include <array>
#include <string>
#include <string_view>

#include "cloudchamber/errors.h"
#include "sdk/client/customizations.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/uri.h"
#include "sdk/validate/bucket_name.h"

namespace cloudchamber {
namespace {

const std::string* text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || !found->is_string() ? nullptr
                                                      : &found->get_ref<const std::string&>();
}

bool is_listing(std::string_view operation) {
  return operation == "ListObjects" || operation == "ListObjectsV2" ||
         operation == "ListObjectVersions";
}

bool is_copy(std::string_view operation) {
  return operation == "CopyObject" || operation == "UploadPartCopy";
}

// {"Bucket": "b", "Key": "k", "VersionId": "v"} or "b/k?versionId=v" -> "b/k" percent-encoded.
void encode_copy_source(OutgoingCall& call) {
  const auto source = call.parameters().find("CopySource");
  if (source == call.parameters().end()) return;
  constexpr std::string_view kVersion = "?versionId=";
  std::string path, version;
  if (source->is_object()) {
    const std::string* bucket = text_of(*source, "Bucket");
    const std::string* key = text_of(*source, "Key");
    if (bucket == nullptr || key == nullptr) {
      throw ParamValidationError(
          "Parameter validation failed:\nCopySource as an object needs \"Bucket\" and \"Key\"");
    }
    path = *bucket + (bucket->starts_with("arn:") ? "/object/" : "/") + *key;
    if (const std::string* id = text_of(*source, "VersionId"))
      version = std::string(kVersion) + *id;
  } else if (source->is_string()) {
    path = source->get_ref<const std::string&>();
    const std::size_t mark = path.rfind(kVersion);
    if (mark != std::string::npos && mark + kVersion.size() < path.size()) {
      version = path.substr(mark);
      path.erase(mark);
    }
  } else {
    return;  // for the validator to refuse
  }
  call.change_parameters()["CopySource"] = uri_encode(path, true) + version;
}

// The customer's key goes over the wire in base64, with its MD5. Whoever gives the MD5 has done
// both.
void encode_customer_key(OutgoingCall& call, const std::string& prefix) {
  const auto key = call.parameters().find(prefix + "SSECustomerKey");
  if (key == call.parameters().end() || (!key->is_string() && !key->is_binary()) ||
      call.parameters().contains(prefix + "SSECustomerKeyMD5")) {
    return;
  }
  const std::string bytes(bytes_of(*key));
  Json& parameters = call.change_parameters();
  parameters[prefix + "SSECustomerKey"] = base64_encode(bytes);
  parameters[prefix + "SSECustomerKeyMD5"] = base64_encode(md5(bytes));
}

void check_metadata(const Json& parameters) {
  const auto metadata = parameters.find("Metadata");
  if (metadata == parameters.end() || !metadata->is_object()) return;
  const auto ascii = [](std::string_view text) {
    for (const char c : text)
      if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
  };
  for (const auto& [key, value] : metadata->items()) {
    if (!value.is_string()) continue;
    const auto& text = value.get_ref<const std::string&>();
    if (ascii(key) && ascii(text)) continue;
    throw ParamValidationError(
        "Parameter validation failed:\nNon ascii characters found in S3 metadata for key \"" + key +
        "\", value: \"" + text + "\".  \nS3 metadata can only contain ASCII characters. ");
  }
}

void decode(Json& object, const char* name) {
  const auto found = object.find(name);
  if (found != object.end() && found->is_string())
    *found = uri_decode(found->get_ref<const std::string&>(), true);
}

}  // namespace

void adjust_s3_parameters(OutgoingCall& call) {
  if (!call.parameters().is_object()) return;
  const std::string& operation = call.operation.name;
  if (const std::string* bucket = text_of(call.parameters(), "Bucket")) {
    validate_bucket(*bucket);
  }
  if (is_copy(operation)) encode_copy_source(call);
  encode_customer_key(call, "");
  if (is_copy(operation)) encode_customer_key(call, "CopySource");
  check_metadata(call.parameters());
  if (is_listing(operation) && !call.presigning && !call.parameters().contains("EncodingType")) {
    call.change_parameters()["EncodingType"] = "url";
    call.decode_listing = true;
  }
}

void adjust_s3_response(OutgoingCall& call) {
  HttpResponse& response = call.response;
  if (response.status != 200 || response.body.empty() || call.operation.output == nullptr ||
      call.operation.streaming_output() != nullptr) {
    return;
  }
  // The body may begin with white space, sent to keep the connection alive, and a declaration.
  constexpr std::size_t kLooked = 4096;
  const std::string begin = response.body.slice(0, kLooked).to_string();
  std::size_t at = begin.find_first_not_of(" \t\r\n");
  if (at != std::string::npos && begin.compare(at, 5, "<?xml") == 0) {
    at = begin.find("?>", at);
    if (at != std::string::npos) at = begin.find_first_not_of(" \t\r\n", at + 2);
  }
  if (at == std::string::npos || begin.compare(at, 6, "<Error") != 0) return;
  if (begin.size() > at + 6 && begin[at + 6] != '>' && begin[at + 6] != ' ') return;
  response.status = 500;
}

void adjust_s3_result(OutgoingCall& call) {
  Json& result = call.result;
  if (!call.decode_listing || !result.is_object()) return;
  const std::string* encoding = text_of(result, "EncodingType");
  if (encoding == nullptr || *encoding != "url") return;
  for (const char* name : {"Delimiter", "Prefix", "Marker", "NextMarker", "StartAfter", "KeyMarker",
                           "NextKeyMarker"}) {
    // Of ListObjects S3 encodes all but the prefix that it echoes; botocore leaves that alone too.
    if (call.operation.name == "ListObjects" && std::string_view(name) == "Prefix") continue;
    decode(result, name);
  }
  constexpr std::array<std::array<const char*, 2>, 4> kNested = {{{"Contents", "Key"},
                                                                  {"Versions", "Key"},
                                                                  {"DeleteMarkers", "Key"},
                                                                  {"CommonPrefixes", "Prefix"}}};
  for (const auto& [list, name] : kNested) {
    const auto found = result.find(list);
    if (found == result.end() || !found->is_array()) continue;
    for (Json& entry : *found) decode(entry, name);
  }
}

}  // namespace cloudchamber
