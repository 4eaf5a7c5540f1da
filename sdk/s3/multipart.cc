#include "sdk/s3/multipart.h"

#include <algorithm>
#include <utility>

#include "sdk/s3/extra_args.h"

namespace cloudchamber::s3 {

namespace {

// Is it the checksum of the whole object that the caller gives?
bool is_checksum(std::string_view name) {
  return name.rfind("Checksum", 0) == 0 && name != "ChecksumAlgorithm" && name != "ChecksumType";
}

}  // namespace

MultipartUpload::MultipartUpload(const Client& client, const std::string& bucket,
                                 const std::string& key, const Json& extra_args)
    : client_(client), target_{{"Bucket", bucket}, {"Key", key}}, extra_args_(extra_args) {
  for (const auto& [name, value] : extra_args.items()) {
    if (!is_checksum(name)) continue;
    extra_args_["ChecksumAlgorithm"] = name.substr(std::string_view("Checksum").size());
    extra_args_["ChecksumType"] = "FULL_OBJECT";
  }
  if (client.meta().config.request_checksum_calculation == "when_supported")
    extra_args_.emplace("ChecksumAlgorithm", "CRC32");
  const Json begun =
      client_.call("CreateMultipartUpload",
                   with_extra_args(client_, "CreateMultipartUpload", target_, extra_args_));
  target_["UploadId"] = begun.at("UploadId");
}

Json MultipartUpload::part_parameters(std::string_view operation, std::int64_t number) const {
  Json parameters = target_;
  parameters["PartNumber"] = number;
  // The checksum of the whole object is none of its parts'.
  Json of_parts = extra_args_;
  for (auto it = of_parts.begin(); it != of_parts.end();)
    it = is_checksum(it.key()) || it.key() == "ContentMD5" ? of_parts.erase(it) : std::next(it);
  return with_extra_args(client_, operation, std::move(parameters), of_parts);
}

void MultipartUpload::arrived(std::int64_t number, const Json& result) {
  Json part = {{"PartNumber", number}};
  for (const auto& [name, value] : result.items()) {
    if (name == "ETag" || is_checksum(name)) part[name] = value;
  }
  const std::lock_guard lock(mutex_);
  parts_.push_back(std::move(part));
}

void MultipartUpload::complete() {
  std::sort(parts_.begin(), parts_.end(), [](const Json& a, const Json& b) {
    return a["PartNumber"].get<std::int64_t>() < b["PartNumber"].get<std::int64_t>();
  });
  Json parameters = target_;
  parameters["MultipartUpload"] = {{"Parts", parts_}};
  client_.call("CompleteMultipartUpload", with_extra_args(client_, "CompleteMultipartUpload",
                                                          std::move(parameters), extra_args_));
}

void MultipartUpload::abort() noexcept {
  try {
    client_.call("AbortMultipartUpload",
                 with_extra_args(client_, "AbortMultipartUpload", target_, extra_args_));
  } catch (...) {  // NOLINT(bugprone-empty-catch)
  }
}

void upload_in_parts(const Client& client, const std::string& bucket, const std::string& key,
                     const Json& extra_args, const std::function<void(MultipartUpload&)>& fill) {
  MultipartUpload upload(client, bucket, key, extra_args);
  try {
    fill(upload);
    upload.complete();
  } catch (...) {
    upload.abort();
    throw;
  }
}

}  // namespace cloudchamber::s3
