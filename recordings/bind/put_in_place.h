// A whole value of a request replaced by another, wherever the request says it.
#pragma once

#include <string>

#include "cloudchamber/http.h"

namespace cloudchamber::recordings {

// In the path, the query, headers, and the body in whatever form it is: a form's parameter, a
// string of JSON, an element of XML. `is_object`: the body is a user's own, and stays.
void put_in_place(HttpRequest& request, bool is_object, const std::string& from,
                  const std::string& to);

}  // namespace cloudchamber::recordings
