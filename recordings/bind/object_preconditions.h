// The objects of S3 that a recording finds there: read or listed before it wrote them.
//
// Of one that is read whole all is known. Of others the content is known where the recording holds
// another content of the same MD5, else it is made up, of the size that is told: the ETag and the
// checksums of such an object stand for the recorded ones.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cloudchamber/blob.h"
#include "recordings/bind/precondition.h"
#include "recordings/bind/recorded_call.h"

namespace cloudchamber::recordings {

class ObjectLooker {
 public:
  // In the recording's order.
  void look(const RecordedCall& recorded);
  // A PutObject each. Once.
  [[nodiscard]] std::vector<Precondition> take();

 private:
  struct Found {
    Json input = Json::object();
    std::string region;
    std::optional<Blob> body;
    std::optional<std::size_t> size;
    std::string etag;       // without quotes
    std::string algorithm;  // of its checksum, "" where none is told
    bool read_in_part = false;
    bool written = false;  // since
  };
  using Key = std::pair<std::string, std::string>;  // bucket, key

  Found* find(const std::string& bucket, const std::string& key, const RecordedCall& because);
  void settle(const std::string& bucket, const std::string& key);
  void look_at_list(const RecordedCall& recorded, const std::string& bucket);
  void look_at_read(const RecordedCall& recorded, const std::string& bucket,
                    const std::string& key);
  void look_at_copy(const RecordedCall& recorded);
  void remember_content(const RecordedCall& recorded);
  [[nodiscard]] std::optional<Blob> content_of(const Found& found) const;

  std::map<Key, Found> found_;
  std::vector<Key> order_;
  std::set<Key> settled_;  // what becomes of it is the recording's own doing
  std::set<std::string> settled_buckets_;
  std::map<std::string, Blob> contents_;  // by the MD5 in hex
};

}  // namespace cloudchamber::recordings
