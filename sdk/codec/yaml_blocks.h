// Scalars of several lines behind a tag or an anchor, moved to where yaml-cpp reads them.
//
//   - !Sub |
//     text
//
// The text needs to stand behind the dash and no further. yaml-cpp 0.7 wants it behind the tag,
// and refuses the rest of the document. CloudFormation's templates have such lists, and so have
// recordings that Python's vcrpy makes of boto3's calls, whose headers are bytes.
#pragma once

#include <string>
#include <string_view>

namespace cloudchamber {

// The same document with such texts moved to the right; no line is added or taken away, and what
// looks alike within other scalars stays as it is. Linear; for any bytes; never throws.
[[nodiscard]] std::string with_lines_behind_tags(std::string_view yaml);

}  // namespace cloudchamber
