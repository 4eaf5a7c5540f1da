// What the operations on multipart uploads have in common.
#pragma once

#include <string>
#include <string_view>

#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

// The upload that Key and UploadId name; throws NoSuchUpload.
struct PlacedUpload {
  UploadId id;
  UploadPtr upload;
};
[[nodiscard]] PlacedUpload upload_of(const Call& call, const Bucket& bucket);
// The same, for who began it or may do `action`.
[[nodiscard]] PlacedUpload upload_of(const Call& call, const Bucket& bucket,
                                     std::string_view action);

// What is sent to an upload that began with a customer's key needs the same key: throws
// InvalidRequest.
void check_upload_encryption(const Call& call, const Upload& upload);

// PartNumber, 1 to 10,000; throws InvalidArgument.
[[nodiscard]] std::int64_t checked_part_number(const Call& call);

// What computes the checksums of an upload's parts.
[[nodiscard]] const ChecksumAlgorithm& algorithm_of(const Upload& upload);

}  // namespace cloudchamber::mock::s3
