#include "cloudchamber/s3/resource_bases.h"

#include <nlohmann/json.hpp>

namespace cloudchamber::s3 {
namespace {

std::string text(const Resource& resource, std::string_view identifier) {
  return resource.identifier(identifier).get<std::string>();
}

}  // namespace

void BucketBase::upload_file(const std::filesystem::path& filename, const std::string& key,
                             const Json& extra_args, const TransferOptions& options) const {
  s3::upload_file(meta().client(), filename, text(*this, "Name"), key, extra_args, options);
}

void BucketBase::upload_fileobj(std::istream& fileobj, const std::string& key,
                                const Json& extra_args, const TransferOptions& options) const {
  s3::upload_fileobj(meta().client(), fileobj, text(*this, "Name"), key, extra_args, options);
}

void BucketBase::upload_fileobj(const Blob& fileobj, const std::string& key, const Json& extra_args,
                                const TransferOptions& options) const {
  s3::upload_fileobj(meta().client(), fileobj, text(*this, "Name"), key, extra_args, options);
}

void BucketBase::download_file(const std::string& key, const std::filesystem::path& filename,
                               const Json& extra_args, const TransferOptions& options) const {
  s3::download_file(meta().client(), text(*this, "Name"), key, filename, extra_args, options);
}

void BucketBase::download_fileobj(const std::string& key, std::ostream& fileobj,
                                  const Json& extra_args, const TransferOptions& options) const {
  s3::download_fileobj(meta().client(), text(*this, "Name"), key, fileobj, extra_args, options);
}

void BucketBase::copy(const Json& copy_source, const std::string& key, const Json& extra_args,
                      const TransferOptions& options, const Client* source_client) const {
  s3::copy(meta().client(), copy_source, text(*this, "Name"), key, extra_args, options,
           source_client);
}

void ObjectBase::upload_file(const std::filesystem::path& filename, const Json& extra_args,
                             const TransferOptions& options) const {
  s3::upload_file(meta().client(), filename, text(*this, "BucketName"), text(*this, "Key"),
                  extra_args, options);
}

void ObjectBase::upload_fileobj(std::istream& fileobj, const Json& extra_args,
                                const TransferOptions& options) const {
  s3::upload_fileobj(meta().client(), fileobj, text(*this, "BucketName"), text(*this, "Key"),
                     extra_args, options);
}

void ObjectBase::upload_fileobj(const Blob& fileobj, const Json& extra_args,
                                const TransferOptions& options) const {
  s3::upload_fileobj(meta().client(), fileobj, text(*this, "BucketName"), text(*this, "Key"),
                     extra_args, options);
}

void ObjectBase::download_file(const std::filesystem::path& filename, const Json& extra_args,
                               const TransferOptions& options) const {
  s3::download_file(meta().client(), text(*this, "BucketName"), text(*this, "Key"), filename,
                    extra_args, options);
}

void ObjectBase::download_fileobj(std::ostream& fileobj, const Json& extra_args,
                                  const TransferOptions& options) const {
  s3::download_fileobj(meta().client(), text(*this, "BucketName"), text(*this, "Key"), fileobj,
                       extra_args, options);
}

void ObjectBase::copy(const Json& copy_source, const Json& extra_args,
                      const TransferOptions& options, const Client* source_client) const {
  s3::copy(meta().client(), copy_source, text(*this, "BucketName"), text(*this, "Key"), extra_args,
           options, source_client);
}

}  // namespace cloudchamber::s3
