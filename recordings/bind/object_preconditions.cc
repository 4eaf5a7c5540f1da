#include "recordings/bind/object_preconditions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "recordings/bind/projected.h"
#include "recordings/bind/text_of.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/http_checksums.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxContent = std::size_t{16} << 20;    // bytes of one that is made up
constexpr std::size_t kMaxRemembered = std::size_t{1} << 20;  // bytes of one to compare with
constexpr std::size_t kMaxMadeUp = std::size_t{64} << 20;     // of all

std::string without_quotes(std::string etag) {
  etag.erase(std::remove(etag.begin(), etag.end(), '"'), etag.end());
  return etag;
}

std::optional<std::size_t> size_at(const Json& object, const char* name) {
  const auto at = object.find(name);
  if (at == object.end() || !at->is_number_integer() || at->get<std::int64_t>() < 0)
    return std::nullopt;
  return at->get<std::size_t>();
}

std::string hex_md5(const Blob& content) { return hex(digest_of(Digest::kMd5, content)); }

// As long as the other, and another one for each.
Blob made_up(const std::string& etag, std::size_t size) {
  const std::string unit = "stands for " + etag + '\n';
  std::string content;
  content.reserve(size + unit.size());
  while (content.size() < size) content += unit;
  content.resize(size);
  return Blob(std::move(content));
}

// Does the call change an object, or might it?
bool writes(const RecordedCall& recorded) { return recorded.succeeded() && !recorded.reads(); }

}  // namespace

void ObjectLooker::settle(const std::string& bucket, const std::string& key) {
  settled_.insert({bucket, key});
  if (const auto at = found_.find({bucket, key}); at != found_.end()) at->second.written = true;
}

// Null where it says nothing of what was there at the beginning.
ObjectLooker::Found* ObjectLooker::find(const std::string& bucket, const std::string& key,
                                        const RecordedCall& because) {
  if (key.empty() || settled_buckets_.contains(bucket)) return nullptr;
  const Key name{bucket, key};
  if (const auto at = found_.find(name); at != found_.end())
    return at->second.written ? nullptr : &at->second;
  if (settled_.contains(name)) return nullptr;
  order_.push_back(name);
  Found& found = found_[name];
  found.region = because.request.region;
  return &found;
}

void ObjectLooker::look_at_list(const RecordedCall& recorded, const std::string& bucket) {
  const auto contents = recorded.result.find("Contents");
  if (contents == recorded.result.end() || !contents->is_array()) return;
  const bool encoded = text_of(recorded.result, "EncodingType") == "url";
  for (const Json& one : *contents) {
    std::string key = text_of(one, "Key");
    if (encoded) key = uri_decode(key, true);
    Found* const found = find(bucket, key, recorded);
    if (found == nullptr) continue;
    found->size = size_at(one, "Size");
    found->etag = without_quotes(text_of(one, "ETag"));
    const std::string storage = text_of(one, "StorageClass");
    if (!storage.empty() && storage != "STANDARD") found->input["StorageClass"] = storage;
    if (const auto algorithms = one.find("ChecksumAlgorithm");
        algorithms != one.end() && algorithms->is_array() && !algorithms->empty() &&
        algorithms->front().is_string())
      found->algorithm = algorithms->front().get<std::string>();
  }
}

void ObjectLooker::look_at_read(const RecordedCall& recorded, const std::string& bucket,
                                const std::string& key) {
  const Json& parameters = recorded.request.parameters;
  if (!recorded.succeeded()) {
    if (recorded.response.status == 404) settle(bucket, key);
    return;
  }
  // Versions are not made again.
  if (parameters.contains("VersionId") || recorded.result.contains("VersionId")) return;
  Found* const found = find(bucket, key, recorded);
  if (found == nullptr) return;
  const bool whole = !parameters.contains("Range") && !parameters.contains("PartNumber") &&
                     recorded.response.status == 200;
  const Operation* const put = recorded.request.model->find_operation("PutObject");
  found->input.update(projected(*put->input, recorded.result));
  for (const char* name : {"SSECustomerKey", "SSECustomerAlgorithm"})
    if (parameters.contains(name)) found->input[name] = parameters[name];
  found->etag = without_quotes(text_of(recorded.result, "ETag"));
  if (!whole) {
    found->read_in_part = true;
  } else if (recorded.operation() == "GetObject") {
    found->body = recorded.response.body;
  } else {
    found->size = size_at(recorded.result, "ContentLength");
  }
}

void ObjectLooker::look_at_copy(const RecordedCall& recorded) {
  std::string source = uri_decode(text_of(recorded.request.parameters, "CopySource"));
  if (source.starts_with('/')) source.erase(0, 1);
  const std::size_t slash = source.find('/');
  if (!recorded.succeeded() || slash == std::string::npos || source.find('?') != std::string::npos)
    return;
  Found* const found = find(source.substr(0, slash), source.substr(slash + 1), recorded);
  const auto result = recorded.result.find("CopyObjectResult");
  if (found == nullptr || result == recorded.result.end()) return;
  if (found->etag.empty()) found->etag = without_quotes(text_of(*result, "ETag"));
}

void ObjectLooker::remember_content(const RecordedCall& recorded) {
  const bool sends = recorded.operation() == "PutObject";
  const bool gives = recorded.operation() == "GetObject" && recorded.response.status == 200;
  if (!sends && !gives) return;
  const Blob& content = sends ? recorded.request.request.body : recorded.response.body;
  if (content.size() <= kMaxRemembered) contents_.emplace(hex_md5(content), content);
}

void ObjectLooker::look(const RecordedCall& recorded) {
  const Json& parameters = recorded.request.parameters;
  const std::string bucket = text_of(parameters, "Bucket");
  const std::string key = text_of(parameters, "Key");
  const std::string& operation = recorded.operation();
  remember_content(recorded);
  if (operation == "CopyObject" || operation == "UploadPartCopy") look_at_copy(recorded);
  if (operation.starts_with("ListObjects")) {
    if (recorded.succeeded()) look_at_list(recorded, bucket);
  } else if (operation == "GetObject" || operation == "HeadObject") {
    look_at_read(recorded, bucket, key);
  } else if (operation == "SelectObjectContent") {
    if (Found* const found = find(bucket, key, recorded)) found->read_in_part = true;
  } else if (operation == "CreateBucket" || operation == "DeleteBucket") {
    if (recorded.succeeded()) settled_buckets_.insert(bucket);
  } else if (operation == "DeleteObjects") {
    const auto objects = parameters.value("Delete", Json::object()).value("Objects", Json::array());
    for (const Json& one : objects) settle(bucket, text_of(one, "Key"));
  } else if (!key.empty() && writes(recorded)) {
    settle(bucket, key);
  }
}

std::optional<Blob> ObjectLooker::content_of(const Found& found) const {
  if (found.body) return found.body;
  if (const auto at = contents_.find(found.etag); at != contents_.end()) return at->second;
  // What of it was read is no content that can be made up.
  if (found.read_in_part || !found.size || *found.size > kMaxContent) return std::nullopt;
  return *found.size == 0 ? Blob() : made_up(found.etag, *found.size);
}

std::vector<Precondition> ObjectLooker::take() {
  std::vector<Precondition> calls;
  std::size_t left = kMaxMadeUp;
  for (const Key& name : order_) {
    Found& found = found_.at(name);
    const std::optional<Blob> content = content_of(found);
    if (!content || content->size() > left) continue;
    left -= content->size();
    Precondition put{"s3", "PutObject", std::move(found.input), found.region};
    put.input.erase("ContentLength");
    put.input["Bucket"] = name.first;
    put.input["Key"] = name.second;
    std::string scratch;
    put.input["Body"] = binary(content->flat(scratch));
    const std::string md5 = hex_md5(*content);
    if (!found.etag.empty() && found.etag != md5) put.stands_for.emplace_back(found.etag, md5);
    for (const HttpChecksum& algorithm : kHttpChecksums) {
      const std::string member(algorithm.member);
      const std::string recorded = text_of(put.input, member.c_str());
      if (recorded.empty() && found.algorithm != algorithm.name) continue;
      const std::string own = base64_encode(digest_of(algorithm.digest, *content));
      put.input[member] = own;
      if (!recorded.empty() && recorded != own) put.stands_for.emplace_back(recorded, own);
    }
    calls.push_back(std::move(put));
  }
  return calls;
}

}  // namespace cloudchamber::recordings
