#include "mock-server/services/s3/bucket.h"

#include <limits>

namespace cloudchamber::mock::s3 {

const std::string* Object::header(std::string_view member) const {
  for (const auto& [name, value] : headers) {
    if (name == member) return &value;
  }
  return nullptr;
}

const Json* Bucket::configuration(const std::string& kind) const {
  return configurations.find(kind);
}

std::optional<ObjectId> Bucket::place_of_current(const std::string& key) const {
  const auto found = objects.lower_bound(ObjectId{key, 0});
  if (found == objects.end() || found->first.key != key) return std::nullopt;
  return found->first;
}

ObjectPtr Bucket::current(const std::string& key, bool with_marker) const {
  const auto found = objects.lower_bound(ObjectId{key, 0});
  if (found == objects.end() || found->first.key != key) return nullptr;
  if (found->second->delete_marker && !with_marker) return nullptr;
  return found->second;
}

std::optional<ObjectId> Bucket::place_of(const std::string& key,
                                         std::string_view version_id) const {
  for (auto it = objects.lower_bound(ObjectId{key, 0}); it != objects.end() && it->first.key == key;
       ++it) {
    if (it->second->version_id == version_id) return it->first;
  }
  return std::nullopt;
}

ObjectPtr Bucket::put(const std::string& key, Object object, const std::string& fresh_id) {
  if (versioning == "Enabled") {
    object.version_id = fresh_id;
  } else {
    object.version_id = "null";
    if (const auto replaced = place_of(key, "null")) objects.erase(*replaced);
  }
  auto stored = std::make_shared<const Object>(std::move(object));
  ++sequence;
  objects.put(ObjectId{key, std::numeric_limits<std::uint64_t>::max() - sequence}, stored);
  return stored;
}

std::optional<UploadId> Bucket::place_of_upload(const std::string& key,
                                                std::string_view upload_id) const {
  for (auto it = uploads.lower_bound(UploadId{key, 0}); it != uploads.end() && it->first.key == key;
       ++it) {
    if (it->second->id == upload_id) return it->first;
  }
  return std::nullopt;
}

}  // namespace cloudchamber::mock::s3
