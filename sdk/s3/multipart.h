// An upload in parts: begun, filled by several threads, and completed or aborted.
#pragma once

#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cloudchamber/client.h"

namespace cloudchamber::s3 {

class MultipartUpload {
 public:
  // CreateMultipartUpload. Parts get CRC32 checksums unless the extra arguments or the client's
  // configuration say otherwise, as boto3's do.
  MultipartUpload(const Client& client, const std::string& bucket, const std::string& key,
                  const Json& extra_args);

  // The parameters of `operation` for the part of that number, from 1 on.
  [[nodiscard]] Json part_parameters(std::string_view operation, std::int64_t number) const;
  // Notes that a part has arrived. `result` holds its ETag and checksums. Thread-safe.
  void arrived(std::int64_t number, const Json& result);

  void complete();  // CompleteMultipartUpload
  // AbortMultipartUpload; its own failure is passed over, since another one is under way.
  void abort() noexcept;

 private:
  const Client& client_;
  Json target_;      // Bucket, Key, UploadId
  Json extra_args_;  // with the checksum algorithm
  std::mutex mutex_;
  std::vector<Json> parts_;
};

// Begins an upload, lets `fill` fill it, and completes it; aborts it when anything throws.
void upload_in_parts(const Client& client, const std::string& bucket, const std::string& key,
                     const Json& extra_args, const std::function<void(MultipartUpload&)>& fill);

}  // namespace cloudchamber::s3
