// Json: the value in which every input and output of an operation is written, with AWS's names
// untranslated.
//
// How AWS's types stand in it: structures and maps are objects, lists arrays, strings strings,
// integers and floats numbers (the floats that JSON lacks are the strings "NaN", "Infinity",
// "-Infinity"), booleans booleans, blobs `Json::binary` values (an input may also give a string,
// taken as its bytes), timestamps ISO 8601 strings in UTC such as "2015-01-25T08:00:00Z" or
// "2015-01-25T08:00:00.123Z" (an input may also give a number of seconds since 1970). An absent
// member is absent, never null.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace cloudchamber {

using Json = nlohmann::json;

}  // namespace cloudchamber
