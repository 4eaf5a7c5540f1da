// The managed transfers of S3's resources: what generated s3::Bucket and s3::Object have beside
// their operations. See transfer.h for what they do and throw.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "cloudchamber/blob.h"
#include "cloudchamber/json.h"
#include "cloudchamber/resource.h"
#include "cloudchamber/s3/transfer.h"

namespace cloudchamber::s3 {

class BucketBase : public Resource {
 public:
  void upload_file(const std::filesystem::path& filename, const std::string& key,
                   const Json& extra_args = no_extra_args(),
                   const TransferOptions& options = {}) const;
  void upload_fileobj(std::istream& fileobj, const std::string& key,
                      const Json& extra_args = no_extra_args(),
                      const TransferOptions& options = {}) const;
  void upload_fileobj(const Blob& fileobj, const std::string& key,
                      const Json& extra_args = no_extra_args(),
                      const TransferOptions& options = {}) const;
  void download_file(const std::string& key, const std::filesystem::path& filename,
                     const Json& extra_args = no_extra_args(),
                     const TransferOptions& options = {}) const;
  void download_fileobj(const std::string& key, std::ostream& fileobj,
                        const Json& extra_args = no_extra_args(),
                        const TransferOptions& options = {}) const;
  // Into this bucket.
  void copy(const Json& copy_source, const std::string& key,
            const Json& extra_args = no_extra_args(), const TransferOptions& options = {},
            const Client* source_client = nullptr) const;

 protected:
  using Resource::Resource;
};

class ObjectBase : public Resource {
 public:
  void upload_file(const std::filesystem::path& filename, const Json& extra_args = no_extra_args(),
                   const TransferOptions& options = {}) const;
  void upload_fileobj(std::istream& fileobj, const Json& extra_args = no_extra_args(),
                      const TransferOptions& options = {}) const;
  void upload_fileobj(const Blob& fileobj, const Json& extra_args = no_extra_args(),
                      const TransferOptions& options = {}) const;
  void download_file(const std::filesystem::path& filename,
                     const Json& extra_args = no_extra_args(),
                     const TransferOptions& options = {}) const;
  void download_fileobj(std::ostream& fileobj, const Json& extra_args = no_extra_args(),
                        const TransferOptions& options = {}) const;
  // Into this object.
  void copy(const Json& copy_source, const Json& extra_args = no_extra_args(),
            const TransferOptions& options = {}, const Client* source_client = nullptr) const;

 protected:
  using Resource::Resource;
};

}  // namespace cloudchamber::s3
