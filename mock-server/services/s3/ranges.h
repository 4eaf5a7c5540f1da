// Byte ranges: what a Range header asks of an object, and what x-amz-copy-source-range asks of a
// source. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber::mock::s3 {

struct ByteRange {
  std::size_t first = 0;
  std::size_t length = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;

  // "bytes 0-9/100"
  [[nodiscard]] std::string content_range(std::size_t size) const;
};

// The bytes that `header` asks of an object of `size` bytes. Nothing when S3 ignores the header and
// sends the whole object: another unit, several ranges, malformed. Throws InvalidRange (416) when
// no byte of it is there.
[[nodiscard]] std::optional<ByteRange> requested_range(std::string_view header, std::size_t size);

// The same of UploadPartCopy, which is strict: InvalidArgument for anything but
// "bytes=first-last" within the source, InvalidRequest when it begins behind the end.
[[nodiscard]] ByteRange copy_source_range(const std::string& header, std::size_t size);

}  // namespace cloudchamber::mock::s3
