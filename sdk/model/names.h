// Names of operations and parameters: AWS's CamelCase in snake_case as boto3 writes it, and the
// valid name that is nearest to a misspelt one. Pure functions: thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cloudchamber {

// "ListObjectsV2" -> "list_objects_v2", "ListWebACLs" -> "list_web_acls", exactly as botocore's
// xform_name; a name that already holds the separator stays as it is.
[[nodiscard]] std::string xform_name(std::string_view name, char separator = '_');

// The name in `names` that takes the fewest edits (insert, delete, replace, swap neighbours; a
// change of case counts a quarter) to become `name`: "Name" for "name", "TemplateBody" for
// "TmeplateBody". "" when none is near: more than a third of the letters differ.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            const std::vector<std::string_view>& names);

}  // namespace cloudchamber
