// Recordings that other tools made, read into ours: docs/recordings.md lists the formats.
//
// Files are strangers': whatever one holds, reading it ends in values or in a RecordingError that
// says file, line and reason. Nothing in it is executed, no tag constructs an object, no file that
// it names is opened (but a HAR's own bodies, by digest), and what it unfolds to is bounded by its
// size. Pure functions but for the files that they are given: thread-safe.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "recordings/understand.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

// Exchanges as they were on the wire, each understood.
struct Imported {
  std::string format;  // "HAR", "go-cloud", "go-vcr", "Ruby VCR", "vcrpy", "smithy-rs"
  Recording recording;
  std::vector<std::string> notes;  // what was left out, and why
};

// By content: HAR (of ours, browsers, mitmproxy), go-cloud .replay, go-vcr, Ruby VCR, vcrpy,
// smithy-rs connection events. Throws RecordingError with file, line and reason.
[[nodiscard]] Imported import_file(const std::filesystem::path& file);
// The same of a text; `name` is for messages.
[[nodiscard]] Imported import_text(std::string_view text, const std::string& name);

// A response as a client of boto3's kind returned it; the request is not known.
struct ParsedResponse {
  std::string format;     // "placebo", "LocalStack snapshot", "botocore pair"
  std::string service;    // "s3"
  std::string operation;  // "ListBuckets"; "" where the format doesn't say
  int status = 0;         // 0 where the format doesn't say
  // Without ResponseMetadata; of an error, the modelled members of its exception. Values stand as
  // the file has them: a time is text, and in snapshots a placeholder may stand for any text.
  Json result = Json::object();
  std::string error_code;  // of a failure
  std::string error_message;
  std::string where;  // file, and the test or label within it
  // The body that was parsed, where the format has it (botocore pairs).
  std::optional<HttpResponse> response;
};

// placebo files, LocalStack snapshots, botocore's pairs (by their response), all by content and
// name; of a folder, its placebo files. Throws RecordingError.
[[nodiscard]] std::vector<ParsedResponse> import_parsed(const std::filesystem::path& file);
// The same of a text. `name` is the file's, which says service and operation; a pair needs two
// texts, and is refused.
[[nodiscard]] std::vector<ParsedResponse> import_parsed_text(std::string_view text,
                                                             const std::string& name);

}  // namespace cloudchamber::recordings
