// Secrets in bodies and URLs: every form in which a document may hold a text. Pure functions:
// thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"

namespace cloudchamber {

// A secret and what stands for it.
struct Secret {
  std::string text;  // or bytes
  std::string placeholder;
  bool hidden = false;  // it was found, and replaced
  bool blob = false;    // what stands for its Base64 is Base64, too, so that clients can read it
};

void replace_all(std::string& text, const std::string& from, const std::string& to);

// Replaces the secrets in a document of that Content-Type, and what signs a form. A secret is a
// whole value: a JSON string, the text of an element, a parameter of a form. So one that is short
// does not take other texts along.
void hide_in_document(std::string& body, std::string_view content_type,
                      std::vector<Secret>& secrets);

// "a=1&b=2", of a URL or a form: secrets, signatures, session tokens and access keys.
[[nodiscard]] std::string without_secrets(std::string_view query, bool plus_is_space,
                                          std::vector<Secret>& secrets);

// Replaces what a model binds to the path: it stands there as whole segments, one or, of a key with
// slashes, several; a bucket may stand in the host. True where it was found.
bool replace_in_path(HttpRequest& request, const std::string& from, const std::string& to);

}  // namespace cloudchamber
