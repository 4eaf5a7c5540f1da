// What nearly every file of the project includes, compiled once: half of a build's time goes there.
// A convenience of the build only: every file includes what it needs, and -DCHAMBER_PRECOMPILED=OFF
// proves it.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern template class nlohmann::basic_json<>;  // instantiated in json.cc
