// Managed transfers: objects of any size between S3 and files or streams, large ones in parts,
// several at a time: what boto3 adds to its S3 client.
//
//   s3::upload_file(client, "/tmp/film.mov", "films", "brazil", {{"ContentType",
//   "video/quicktime"}}); s3::download_file(client, "films", "brazil", "/tmp/again.mov",
//   s3::no_extra_args(),
//                     {.callback = show_progress});
//
// `extra_args` are further parameters of the operations that a transfer is made of, each given to
// those that know it. All functions throw ParamValidationError for an extra argument that none of
// them knows, std::system_error for a file that can't be read or written, and what Client::call
// throws. After a failure nothing is left behind: an upload in parts is aborted, a file that is
// only partly written is removed. Callable from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "cloudchamber/blob.h"
#include "cloudchamber/client.h"
#include "cloudchamber/json.h"

namespace cloudchamber::s3 {

// boto3's TransferConfig.
struct TransferConfig {
  std::int64_t multipart_threshold = 8LL * 1024 * 1024;  // bytes from which on it is done in parts
  // Bytes a part; made larger where there would be more than 10,000 parts, and kept between S3's
  // limits of 5 MiB and 5 GiB. Downloads take it as it is.
  std::int64_t multipart_chunksize = 8LL * 1024 * 1024;
  int max_concurrency = 10;  // parts at a time, each in a thread; 1: in the caller's own
};

struct TransferOptions {
  // Called with the number of bytes that have been moved since it was called last; from any thread
  // of the transfer, but never by two at once.
  std::function<void(std::int64_t bytes)> callback;
  TransferConfig config;
};

// No further parameters: an empty object.
[[nodiscard]] const Json& no_extra_args();

// The file must not be truncated meanwhile: it is mapped, not read.
void upload_file(const Client& client, const std::filesystem::path& filename,
                 const std::string& bucket, const std::string& key,
                 const Json& extra_args = no_extra_args(), const TransferOptions& options = {});

// A stream is read to its end, as parts are needed; throws std::ios_base::failure when it turns
// bad. A Blob is not copied.
void upload_fileobj(const Client& client, std::istream& fileobj, const std::string& bucket,
                    const std::string& key, const Json& extra_args = no_extra_args(),
                    const TransferOptions& options = {});
void upload_fileobj(const Client& client, const Blob& fileobj, const std::string& bucket,
                    const std::string& key, const Json& extra_args = no_extra_args(),
                    const TransferOptions& options = {});

// The file appears when it is complete, in place of one of that name. An object that is replaced
// meanwhile fails the transfer (PreconditionFailed) rather than being mixed.
void download_file(const Client& client, const std::string& bucket, const std::string& key,
                   const std::filesystem::path& filename, const Json& extra_args = no_extra_args(),
                   const TransferOptions& options = {});

// In order, part by part. Throws std::ios_base::failure when the stream can't be written.
void download_fileobj(const Client& client, const std::string& bucket, const std::string& key,
                      std::ostream& fileobj, const Json& extra_args = no_extra_args(),
                      const TransferOptions& options = {});

// From one place in S3 to another, without passing through this program. `copy_source` is
// {"Bucket", "Key"} and perhaps "VersionId". `source_client`, null for `client`, is asked for the
// size.
void copy(const Client& client, const Json& copy_source, const std::string& bucket,
          const std::string& key, const Json& extra_args = no_extra_args(),
          const TransferOptions& options = {}, const Client* source_client = nullptr);

}  // namespace cloudchamber::s3
