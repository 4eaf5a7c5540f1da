// The formats, a file each: what makes an exchange, or a parsed response, of a document. All throw
// Refusal for what is not of their format.
#pragma once

#include <string>
#include <vector>

#include "recordings/import/document.h"
#include "recordings/import/import.h"

namespace cloudchamber::recordings {

// Is it a document of that format? By a look at its top.
[[nodiscard]] bool is_har(const Node& root);
[[nodiscard]] bool is_go_cloud(const Node& root);
[[nodiscard]] bool is_go_vcr(const Node& root);
[[nodiscard]] bool is_ruby_vcr(const Node& root);
[[nodiscard]] bool is_vcrpy(const Node& root);
[[nodiscard]] bool is_smithy(const Node& root);

// Fill the recording, meanings left out. `name` is the file's: a HAR's bodies lie beside it.
void read_har_document(const Node& root, const std::string& name, Imported& imported);
void read_go_cloud(const Node& root, const std::string& name, Imported& imported);
void read_go_vcr(const Node& root, const std::string& name, Imported& imported);
void read_ruby_vcr(const Node& root, const std::string& name, Imported& imported);
void read_vcrpy(const Node& root, const std::string& name, Imported& imported);
void read_smithy(const Node& root, const std::string& name, Imported& imported);

[[nodiscard]] bool is_placebo(const Node& root);
[[nodiscard]] bool is_snapshot(const Node& root);

// `name` is the file's: "…/s3.ListBuckets_1.json".
[[nodiscard]] std::vector<ParsedResponse> read_placebo(const Node& root, const std::string& name);
// "…/s3/test_s3.snapshot.json": the service is found in the ids of the tests.
[[nodiscard]] std::vector<ParsedResponse> read_snapshot(const Node& root, const std::string& name);

// A pair is two files: the response ("ec2-run-instances.xml") and what a client makes of it.
[[nodiscard]] bool is_pair(const std::filesystem::path& response);
[[nodiscard]] std::filesystem::path expectation_of(const std::filesystem::path& response);
[[nodiscard]] ParsedResponse read_pair(const std::filesystem::path& response,
                                       const std::string& body, const Node& expected);

}  // namespace cloudchamber::recordings
