// multipart/form-data, as browsers send it: the fields before the file, and the file.
// https://www.rfc-editor.org/rfc/rfc7578
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

struct FormData {
  Pairs fields;  // in order, names as sent
  std::string file_name;
  std::string file_type;
  Blob file;  // shares the pieces of the body
  int files = 0;

  // The value of a field, its name without regard to case; null when there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  // Changes the value of a field that is there.
  void set(std::string_view name, const std::string& value);
};

// The boundary that the Content-Type states; nothing when it is no multipart/form-data.
[[nodiscard]] std::optional<std::string> form_boundary(std::string_view content_type);

// What stands behind the field "file" is ignored. Throws MalformedPOSTRequest,
// MaxPostPreDataLengthExceededError.
[[nodiscard]] FormData parse_form(const Blob& body, const std::string& boundary);

}  // namespace cloudchamber::mock::s3
