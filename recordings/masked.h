// XML in which a recorder has put something else in the place of a value, so that it is XML no
// more: Ruby's VCR replaces secrets by "<SECRET>", and its cassettes may be templates with "<%= ...
// %>".
#pragma once

#include <string>
#include <string_view>

namespace cloudchamber::recordings {

// The document with such names as text ("&lt;SECRET&gt;") and such expressions left out (nothing in
// a recording is executed); `xml` itself where there are none, or where no XML comes of it. A name
// counts as one where the document has no end tag for it. Linear in most texts; pure.
[[nodiscard]] std::string unmasked_xml(std::string_view xml);

// Might it have such? By its tags alone: a quick look.
[[nodiscard]] bool looks_masked(std::string_view xml);

}  // namespace cloudchamber::recordings
