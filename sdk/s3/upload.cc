// Uploads and copies.
#include <algorithm>
#include <atomic>
#include <istream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cloudchamber/errors.h"
#include "cloudchamber/s3/transfer.h"
#include "sdk/s3/extra_args.h"
#include "sdk/s3/multipart.h"
#include "sdk/s3/parts.h"

namespace cloudchamber::s3 {
namespace {

// One part after another, from several threads.
class PartSource {
 public:
  struct Part {
    std::int64_t number = 0;
    Blob bytes;
  };
  // `next` gives the bytes of the next part, none at the end.
  explicit PartSource(std::function<Blob()> next) : next_(std::move(next)) {}

  std::optional<Part> take() {
    const std::lock_guard lock(mutex_);
    Blob bytes = next_();
    if (bytes.empty()) return std::nullopt;
    return Part{++number_, std::move(bytes)};
  }

 private:
  std::function<Blob()> next_;
  std::mutex mutex_;
  std::int64_t number_ = 0;
};

struct Upload {
  const Client& client;
  const std::string& bucket;
  const std::string& key;
  const Json& extra_args;
  const TransferOptions& options;

  void check() const {
    check_config(options.config);
    check_extra_args(client, extra_args,
                     {"PutObject", "CreateMultipartUpload", "CompleteMultipartUpload"});
  }

  void whole(const Blob& bytes) const {
    client.call(
        "PutObject",
        with_extra_args(client, "PutObject", {{"Bucket", bucket}, {"Key", key}}, extra_args),
        {.body = bytes});
    Progress(options).moved(static_cast<std::int64_t>(bytes.size()));
  }

  void in_parts(PartSource parts) const {
    Progress progress(options);
    upload_in_parts(client, bucket, key, extra_args, [&](MultipartUpload& upload) {
      repeat(options.config.max_concurrency, [&] {
        std::optional<PartSource::Part> part = parts.take();
        if (!part) return false;
        const auto size = static_cast<std::int64_t>(part->bytes.size());
        upload.arrived(part->number,
                       client.call("UploadPart", upload.part_parameters("UploadPart", part->number),
                                   {.body = std::move(part->bytes)}));
        progress.moved(size);
        return true;
      });
    });
  }
};

Blob read(std::istream& stream, std::int64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), size);
  if (stream.bad()) throw std::ios_base::failure("the stream to upload can't be read");
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

void upload_blob(const Upload& upload, const Blob& bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  const TransferConfig& config = upload.options.config;
  if (size < config.multipart_threshold) return upload.whole(bytes);
  const auto step = static_cast<std::size_t>(upload_part_size(size, config.multipart_chunksize));
  upload.in_parts(PartSource([&bytes, step, at = std::size_t{0}]() mutable {
    const std::size_t from = std::exchange(at, std::min(at + step, bytes.size()));
    return bytes.slice(from, at - from);
  }));
}

// What HeadObject is asked about the source: CopyObject calls these otherwise.
Json head_of_source(const Client& client, const Json& copy_source, const Json& extra_args) {
  Json head = copy_source;
  for (const auto& [name, value] : extra_args.items()) {
    if (name.rfind("CopySourceSSE", 0) == 0) head[name.substr(name.find("SSE"))] = value;
    if (name == "ExpectedSourceBucketOwner") head["ExpectedBucketOwner"] = value;
    if (name == "RequestPayer") head[name] = value;
  }
  return client.call("HeadObject", head);
}

}  // namespace

void upload_file(const Client& client, const std::filesystem::path& filename,
                 const std::string& bucket, const std::string& key, const Json& extra_args,
                 const TransferOptions& options) {
  upload_fileobj(client, Blob::map_file(filename), bucket, key, extra_args, options);
}

void upload_fileobj(const Client& client, const Blob& fileobj, const std::string& bucket,
                    const std::string& key, const Json& extra_args,
                    const TransferOptions& options) {
  const Upload upload{client, bucket, key, extra_args, options};
  upload.check();
  upload_blob(upload, fileobj);
}

void upload_fileobj(const Client& client, std::istream& fileobj, const std::string& bucket,
                    const std::string& key, const Json& extra_args,
                    const TransferOptions& options) {
  const Upload upload{client, bucket, key, extra_args, options};
  upload.check();
  const TransferConfig& config = options.config;
  // Its size is not known before its end is reached.
  Blob start = read(fileobj, config.multipart_threshold);
  if (static_cast<std::int64_t>(start.size()) < config.multipart_threshold)
    return upload.whole(start);
  const std::int64_t step = upload_part_size(-1, config.multipart_chunksize);
  upload.in_parts(PartSource([&fileobj, step, ahead = std::move(start)]() mutable {
    const auto size = static_cast<std::size_t>(step);
    if (ahead.size() < size)
      ahead.append(read(fileobj, step - static_cast<std::int64_t>(ahead.size())));
    Blob part = ahead.slice(0, size);
    ahead = ahead.slice(part.size());
    return part;
  }));
}

void copy(const Client& client, const Json& copy_source, const std::string& bucket,
          const std::string& key, const Json& extra_args, const TransferOptions& options,
          const Client* source_client) {
  check_config(options.config);
  check_extra_args(client, extra_args,
                   {"CopyObject", "CreateMultipartUpload", "UploadPartCopy", "HeadObject"});
  if (!copy_source.is_object()) {
    throw ParamValidationError(
        "Parameter validation failed:\ncopy_source must be an object: {\"Bucket\", \"Key\"} and "
        "perhaps \"VersionId\"");
  }
  const Json head =
      head_of_source(source_client == nullptr ? client : *source_client, copy_source, extra_args);
  const auto size = head.at("ContentLength").get<std::int64_t>();
  Progress progress(options);
  if (size < options.config.multipart_threshold) {
    const Json target = {{"Bucket", bucket}, {"Key", key}, {"CopySource", copy_source}};
    client.call("CopyObject", with_extra_args(client, "CopyObject", target, extra_args));
    return progress.moved(size);
  }
  const std::int64_t step = upload_part_size(size, options.config.multipart_chunksize);
  upload_in_parts(client, bucket, key, extra_args, [&](MultipartUpload& upload) {
    std::atomic<std::int64_t> next = 0;
    repeat(options.config.max_concurrency, [&] {
      const std::int64_t index = next++;
      const std::int64_t from = index * step;
      if (from >= size) return false;
      const std::int64_t to = std::min(from + step, size);
      Json parameters = upload.part_parameters("UploadPartCopy", index + 1);
      parameters["CopySource"] = copy_source;
      parameters["CopySourceRange"] =
          "bytes=" + std::to_string(from) + "-" + std::to_string(to - 1);
      // The source must stay the one whose size was asked for.
      if (head.contains("ETag")) parameters.emplace("CopySourceIfMatch", head["ETag"]);
      const Json copied = client.call("UploadPartCopy", parameters);
      upload.arrived(index + 1, copied.at("CopyPartResult"));
      progress.moved(to - from);
      return true;
    });
  });
}

}  // namespace cloudchamber::s3
