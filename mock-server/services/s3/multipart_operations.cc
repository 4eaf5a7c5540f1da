// CreateMultipartUpload, UploadPart, UploadPartCopy, AbortMultipartUpload.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/copy_source.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/ranges.h"
#include "mock-server/services/s3/uploads.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::s3 {
namespace {

void take_checksum_mode(const Call& call, Upload& upload) {
  const std::string type = call.text_or("ChecksumType", "");
  if (!call.has("ChecksumAlgorithm")) {
    if (!type.empty()) {
      throw invalid_request(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm "
          "header.");
    }
    return;
  }
  const ChecksumAlgorithm* algorithm = find_checksum_algorithm(call.text("ChecksumAlgorithm"));
  if (algorithm == nullptr) {
    throw invalid_request(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
        "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  upload.checksum_algorithm = algorithm;
  const bool always_full = algorithm->digest == Digest::kCrc64Nvme;
  const auto refused = [&] {
    return invalid_request("The " + type + " checksum type cannot be used with the " +
                           std::string(algorithm->lower) + " checksum algorithm.");
  };
  if (type.empty()) {
    upload.composite = !always_full;
  } else if (type == "COMPOSITE") {
    if (always_full) throw refused();
    upload.composite = true;
  } else if (type == "FULL_OBJECT") {
    if (!algorithm->is_crc()) throw refused();
  } else {
    throw invalid_request("Value for x-amz-checksum-type header is invalid.");
  }
}

void put_part(Bucket& bucket, const PlacedUpload& placed, std::int64_t number, Part part) {
  auto upload = std::make_shared<Upload>(*placed.upload);
  upload->parts.put(number, std::move(part));
  bucket.uploads.put(placed.id, std::move(upload));
}

Part part_of(const Call& call, const Upload& upload, Digests digests, Blob body) {
  Part part;
  part.size = body.size();
  part.etag = hex(digests.md5);
  part.checksum = std::move(digests.checksum);
  part.last_modified = call.now();
  part.body = std::move(body);
  if (upload.draft.encryption.by_customer() || !upload.draft.encryption.kms_key_id.empty()) {
    part.etag = call.ids().hex(part.etag.size());
  }
  return part;
}

}  // namespace

const ChecksumAlgorithm& algorithm_of(const Upload& upload) {
  return upload.checksum_algorithm != nullptr ? *upload.checksum_algorithm : kDefaultChecksum;
}

void check_upload_encryption(const Call& call, const Upload& upload) {
  const std::string given = customer_key_md5(call);
  const std::string& wanted = upload.draft.encryption.customer_key_md5;
  if (given.empty() != wanted.empty()) {
    throw invalid_request(
        "The multipart upload initiate requested encryption. Subsequent part requests must include "
        "the appropriate encryption parameters.");
  }
  if (given != wanted) {
    throw invalid_request(
        "The provided encryption parameters did not match the ones used "
        "originally.");
  }
}

PlacedUpload upload_of(const Call& call, const Bucket& bucket, std::string_view action) {
  const auto place = bucket.place_of_upload(call.text("Key"), call.text("UploadId"));
  const UploadPtr upload = place ? *bucket.uploads.find(*place) : nullptr;
  // Who began an upload may also look at it and end it.
  const bool own =
      upload != nullptr && !call.principal().anonymous && upload->initiator == call.account();
  if (!own) authorize(call, bucket, {.action = action, .key = call.text("Key")});
  return upload_of(call, bucket);
}

PlacedUpload upload_of(const Call& call, const Bucket& bucket) {
  const std::string& upload_id = call.text("UploadId");
  const auto place = bucket.place_of_upload(call.text("Key"), upload_id);
  if (!place) throw no_such_upload(upload_id);
  return {*place, *bucket.uploads.find(*place)};
}

std::int64_t checked_part_number(const Call& call) {
  const std::int64_t number = call.integer("PartNumber");
  if (number < 1 || number > kMaxPartNumber) {
    throw invalid_argument("Part number must be an integer between 1 and 10000, inclusive",
                           "partNumber", std::to_string(number));
  }
  return number;
}

Json create_multipart_upload(Call& call, Buckets& buckets) {
  const std::string& key = call.text("Key");
  Bucket& bucket = bucket_of(call, buckets);
  check_key(key);
  const Pairs tags = requested_tags(call);
  authorize(call, bucket, {.action = "s3:PutObject", .key = key, .request_tags = &tags});
  Upload upload;
  upload.draft = draft_object(call, bucket);
  take_checksum_mode(call, upload);
  constexpr std::size_t kUploadIdLength = 128;
  upload.id = call.ids().text(kIdCharacters, kUploadIdLength);
  upload.initiated = call.now();
  upload.initiator = call.account();
  Json output = {{"Bucket", bucket.name}, {"Key", key}, {"UploadId", upload.id}};
  if (upload.checksum_algorithm != nullptr) {
    output["ChecksumAlgorithm"] = upload.checksum_algorithm->name;
    output["ChecksumType"] = upload.composite ? "COMPOSITE" : "FULL_OBJECT";
  }
  write_encryption(upload.draft.encryption, output, true);
  bucket.uploads.put(UploadId{key, ++bucket.sequence},
                     std::make_shared<const Upload>(std::move(upload)));
  return output;
}

Json upload_part(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  authorize(call, bucket, {.action = "s3:PutObject", .key = call.text("Key")});
  const std::int64_t number = checked_part_number(call);
  const PlacedUpload placed = upload_of(call, bucket);
  const Upload& upload = *placed.upload;
  check_upload_encryption(call, upload);
  const Checksum claimed = claimed_checksum(call.input());
  if (claimed && upload.checksum_algorithm != nullptr &&
      claimed.algorithm != upload.checksum_algorithm) {
    throw invalid_request("Checksum Type mismatch occurred, expected checksum Type: " +
                          std::string(upload.checksum_algorithm->lower) +
                          ", actual checksum Type: " + std::string(claimed.algorithm->lower));
  }
  Digests digests = checked_digests(call, call.body(), algorithm_of(upload));
  Checksum shown;
  if (claimed || upload.checksum_algorithm != nullptr) shown = digests.checksum;
  if (digests.checksum.algorithm != &algorithm_of(upload)) {
    digests.checksum = digests_of(call.body(), algorithm_of(upload)).checksum;
  }
  Part part = part_of(call, upload, std::move(digests), call.body());
  part.sent = shown;
  Json output = {{"ETag", quoted_etag(part.etag)}};
  shown.write_to(output, false);
  write_encryption(upload.draft.encryption, output);
  put_part(bucket, placed, number, std::move(part));
  return output;
}

Json upload_part_copy(Call& call, Buckets& buckets) {
  const CopySource source = copy_source_of(call, buckets);
  Bucket& bucket = bucket_of(call, buckets);
  authorize(call, bucket, {.action = "s3:PutObject", .key = call.text("Key")});
  const std::int64_t number = checked_part_number(call);
  const PlacedUpload placed = upload_of(call, bucket);
  const Upload& upload = *placed.upload;
  check_upload_encryption(call, upload);
  Blob body = source.object->body;
  if (call.has("CopySourceRange")) {
    const ByteRange range = copy_source_range(call.text("CopySourceRange"), body.size());
    body = body.slice(range.first, range.length);
  }
  Digests digests = digests_of(body, algorithm_of(upload));
  Part part = part_of(call, upload, std::move(digests), std::move(body));
  Json result = {{"ETag", quoted_etag(part.etag)},
                 {"LastModified", shown_time(part.last_modified)}};
  if (upload.checksum_algorithm != nullptr) {
    part.sent = part.checksum;
    part.checksum.write_to(result, false);
  }
  Json output = {{"CopyPartResult", std::move(result)}};
  if (source.versioned) output["CopySourceVersionId"] = source.object->version_id;
  write_encryption(upload.draft.encryption, output);
  put_part(bucket, placed, number, std::move(part));
  return output;
}

Json abort_multipart_upload(Call& call, Buckets& buckets) {
  Bucket& bucket = bucket_of(call, buckets);
  const PlacedUpload placed = upload_of(call, bucket, "s3:AbortMultipartUpload");
  bucket.uploads.erase(placed.id);
  return Json::object();
}

}  // namespace cloudchamber::mock::s3
