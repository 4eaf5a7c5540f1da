// What strangers' recordings go through: the importers, and what is done with what they took.
#pragma once

#include <string>
#include <string_view>

#include "recordings/import/import.h"

namespace cloudchamber::fuzz {

// Imports `input` as a file of that name. What is refused must be so with file, line and reason;
// what is taken as of another format than `format` is left alone, and the rest is used: written
// and read again, scrubbed, looked up, exported. Aborts where a promise is broken.
void import_and_use(std::string_view input, std::string_view format,
                    const std::string& name = "fuzzed");

// The same for parsed responses, which are encoded and parsed again.
void import_parsed_and_use(std::string_view input, std::string_view format,
                           const std::string& name);

// Aborts unless the reason begins with "name:line: ".
void check_refusal(const RecordingError& error, const std::string& name);

void use(const recordings::ParsedResponse& response);

}  // namespace cloudchamber::fuzz
