// Properties that templates name another way than the operations that carry them out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::cloudformation {

// `object` with some of its members under other names. Throws ValidationError where it is no
// object; `path` names it.
[[nodiscard]] Json renamed(
    const Json& object, std::initializer_list<std::pair<std::string_view, std::string_view>> names,
    const std::string& path);

// The same for each object of a list.
[[nodiscard]] Json renamed_each(
    const Json& list, std::initializer_list<std::pair<std::string_view, std::string_view>> names,
    const std::string& path);

}  // namespace cloudchamber::mock::cloudformation
