// CompleteMultipartUpload.
#include "mock-server/services/s3/access.h"
#include "mock-server/services/s3/checksums.h"
#include "mock-server/services/s3/conditions.h"
#include "mock-server/services/s3/encryption.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/handlers.h"
#include "mock-server/services/s3/lifecycle.h"
#include "mock-server/services/s3/limits.h"
#include "mock-server/services/s3/notifications.h"
#include "mock-server/services/s3/objects.h"
#include "mock-server/services/s3/uploads.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::s3 {
namespace {

std::string without_quotes(std::string etag) {
  std::erase(etag, '"');
  return etag;
}

struct Named {
  std::int64_t number = 0;
  const Part* part = nullptr;
};

// The parts that the request names, each as it was uploaded, in ascending order.
std::vector<Named> named_parts(const Call& call, const Upload& upload) {
  const Json* description = call.find("MultipartUpload");
  if (description == nullptr || !description->contains("Parts") ||
      (*description)["Parts"].empty()) {
    throw malformed_xml();
  }
  std::vector<Named> parts;
  for (const Json& entry : (*description)["Parts"]) {
    if (!entry.contains("PartNumber") || !entry.contains("ETag")) throw malformed_xml();
    const std::int64_t number = entry["PartNumber"].get<std::int64_t>();
    if (!parts.empty() && number <= parts.back().number) {
      AwsError error("InvalidPartOrder",
                     "The list of parts was not in ascending order. Parts must be ordered by part "
                     "number.",
                     400);
      throw error.with("UploadId", upload.id);
    }
    const std::string etag = without_quotes(entry["ETag"].get<std::string>());
    const Part* part = upload.parts.find(number);
    if (part == nullptr || part->etag != etag) throw invalid_part(upload.id, number, etag);
    const Checksum claimed = claimed_checksum(entry);
    if (!claimed && upload.composite) {
      throw invalid_request("The upload was created using a " +
                            std::string(upload.checksum_algorithm->lower) +
                            " checksum. The complete request must include the checksum for each "
                            "part. It was missing for part " +
                            std::to_string(number) + " in the request.");
    }
    if (claimed &&
        (claimed.algorithm == part->checksum.algorithm
             ? claimed.value != part->checksum.value
             : part->sent.algorithm != claimed.algorithm || part->sent.value != claimed.value)) {
      throw invalid_part(upload.id, number, etag);
    }
    parts.push_back({number, part});
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i].part->size >= kMinPartSize) continue;
    AwsError error("EntityTooSmall",
                   "Your proposed upload is smaller than the minimum allowed size", 400);
    throw error.with("ProposedSize", std::to_string(parts[i].part->size))
        .with("MinSizeAllowed", std::to_string(kMinPartSize))
        .with("PartNumber", std::to_string(parts[i].number))
        .with("ETag", parts[i].part->etag);
  }
  return parts;
}

// Of the whole: over the checksums of the parts, or out of them.
Checksum whole_checksum(const Upload& upload, const std::vector<Named>& parts) {
  if (!upload.composite) {
    Checksum sum = parts.front().part->checksum;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      sum = joined(sum, parts[i].part->checksum, parts[i].part->size);
    }
    return sum;
  }
  Hasher hasher(upload.checksum_algorithm->digest);
  for (const Named& named : parts) {
    hasher.update(base64_decode(named.part->checksum.value).value_or(std::string()));
  }
  return {upload.checksum_algorithm, base64_encode(hasher.finish()), true, parts.size()};
}

void check_whole(const Call& call, const Upload& upload, const Checksum& sum, std::size_t size) {
  if (call.has("MpuObjectSize") &&
      call.integer("MpuObjectSize") != static_cast<std::int64_t>(size)) {
    throw invalid_request("The provided 'x-amz-mp-object-size' header value " +
                          std::to_string(call.integer("MpuObjectSize")) +
                          " does not match what was computed: " + std::to_string(size));
  }
  if (call.has("ChecksumType") && upload.checksum_algorithm != nullptr &&
      call.text("ChecksumType") != sum.type()) {
    throw invalid_request("The upload was created using the " + std::string(sum.type()) +
                          " checksum mode. The complete request must use the same checksum mode.");
  }
  const Checksum claimed = claimed_checksum(call.input());
  if (!claimed) return;
  std::string value = claimed.value.substr(0, claimed.value.find('-'));
  if (claimed.algorithm == sum.algorithm && value == sum.value) return;
  throw AwsError("BadDigest",
                 "The " + std::string(sum.algorithm->lower) +
                     " you specified did not match the calculated checksum.",
                 400);
}

// What happened to the key since the upload began makes a condition fail in its own way.
void check_conditions(const Call& call, const Bucket& bucket, const Upload& upload,
                      const std::string& key) {
  check_write_conditions(call, bucket, key);
  const char* condition = call.has("IfNoneMatch") ? "If-None-Match" : "If-Match";
  if (!call.has("IfNoneMatch") && !call.has("IfMatch")) return;
  const ObjectPtr current = bucket.current(key);
  if (upload.key_deleted_meanwhile ||
      (current != nullptr && current->last_modified > upload.initiated)) {
    AwsError error("ConditionalRequestConflict",
                   "The conditional request cannot succeed due to a conflicting operation against "
                   "this resource.",
                   409);
    throw error.with("Condition", condition).with("Key", key);
  }
}

Json output_of(Call& call, const Bucket& bucket, const std::string& key, const Object& stored) {
  Json output = {{"Bucket", bucket.name},
                 {"Key", key},
                 {"ETag", quoted_etag(stored.etag)},
                 {"Location", call.endpoint() + "/" + bucket.name + "/" +
                                  uri_encode(key, /*keep_slash=*/true)}};
  stored.checksum.write_to(output);
  if (bucket.versioning == "Enabled") output["VersionId"] = stored.version_id;
  if (auto expiration = expiration_of(bucket, key, stored)) output["Expiration"] = *expiration;
  if (stored.encryption.by_customer()) {  // the model of the output lacks these
    call.reply_header("x-amz-server-side-encryption-customer-algorithm", "AES256");
    call.reply_header("x-amz-server-side-encryption-customer-key-MD5",
                      stored.encryption.customer_key_md5);
  } else {
    write_encryption(stored.encryption, output);
  }
  return output;
}

void remember(Bucket& bucket, const std::string& upload_id, const std::string& key,
              const Object& stored) {
  bucket.completed_uploads.put(++bucket.sequence, {upload_id, key, stored.version_id, stored.etag});
  if (bucket.completed_uploads.size() > kMaxCompletedUploads) {
    const std::uint64_t oldest = bucket.completed_uploads.begin()->first;
    bucket.completed_uploads.erase(oldest);
  }
}

// What an upload made that was completed before; null when it is none such.
ObjectPtr completed_before(const Call& call, const Bucket& bucket) {
  for (const auto& [sequence, done] : bucket.completed_uploads) {
    if (done.upload_id != call.text("UploadId") || done.key != call.text("Key")) continue;
    const auto place = bucket.place_of(done.key, done.version_id);
    const ObjectPtr object = place ? *bucket.objects.find(*place) : nullptr;
    return object != nullptr && object->etag == done.etag ? object : nullptr;
  }
  return nullptr;
}

}  // namespace

Json complete_multipart_upload(Call& call, Buckets& buckets) {
  const std::string& key = call.text("Key");
  Bucket& bucket = bucket_of(call, buckets);
  authorize(call, bucket, {.action = "s3:PutObject", .key = key});
  if (const ObjectPtr object = completed_before(call, bucket)) {
    return output_of(call, bucket, key, *object);
  }
  const PlacedUpload placed = upload_of(call, bucket);
  const Upload& upload = *placed.upload;
  check_upload_encryption(call, upload);
  const std::vector<Named> parts = named_parts(call, upload);
  check_conditions(call, bucket, upload, key);

  Object object = upload.draft;
  std::string digests;
  for (const Named& named : parts) {
    object.body.append(named.part->body);
    object.parts.push_back({named.number, named.part->size, named.part->checksum});
    for (std::size_t i = 0; i + 1 < named.part->etag.size(); i += 2) {
      digests += static_cast<char>(std::stoi(named.part->etag.substr(i, 2), nullptr, 16));
    }
  }
  object.checksum = whole_checksum(upload, parts);
  object.parts_have_checksums = upload.checksum_algorithm != nullptr;
  check_whole(call, upload, object.checksum, object.body.size());
  object.etag = hex(md5(digests)) + "-" + std::to_string(parts.size());
  object.last_modified = call.now();
  bucket.uploads.erase(placed.id);
  const ObjectPtr stored = bucket.put(key, std::move(object), new_version_id(call));
  remember(bucket, upload.id, key, *stored);
  announce(call, bucket,
           {.name = "ObjectCreated:CompleteMultipartUpload",
            .key = key,
            .object = stored.get(),
            .version_id = named_version(bucket, *stored)});

  return output_of(call, bucket, key, *stored);
}

}  // namespace cloudchamber::mock::s3
