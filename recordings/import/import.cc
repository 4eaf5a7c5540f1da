#include "recordings/import/import.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"
#include "sdk/recording/har.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::uintmax_t kMaxFile = std::uintmax_t{512} << 20;

struct WireFormat {
  bool (*is)(const Node& root);
  void (*read)(const Node& root, const std::string& name, Imported& imported);
};
constexpr std::array<WireFormat, 6> kWireFormats = {{
    {is_har, read_har_document},
    {is_go_cloud, read_go_cloud},
    {is_ruby_vcr, read_ruby_vcr},
    {is_go_vcr, read_go_vcr},
    {is_vcrpy, read_vcrpy},
    {is_smithy, read_smithy},
}};

[[noreturn]] void refuse(const std::string& name, const Refusal& refusal) {
  throw RecordingError(name + ":" + std::to_string(refusal.line()) + ": " + refusal.what());
}

Blob content_of(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(file, failure))
    throw RecordingError(file.string() + ":1: " + (failure ? failure.message() : "no file"));
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  if (failure) throw RecordingError(file.string() + ":1: " + failure.message());
  if (size > kMaxFile) throw RecordingError(file.string() + ":1: larger than 512 MiB");
  try {
    return Blob::map_file(file);
  } catch (const std::system_error& error) {
    throw RecordingError(file.string() + ":1: " + error.what());
  }
}

std::vector<Node> documents_of(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (begin == std::string_view::npos) throw Refusal(1, "an empty file");
  std::vector<Node> documents;
  if (text[begin] == '{' || text[begin] == '[') {
    documents.push_back(read_json(text));
    return documents;
  }
  if (text[begin] == '<') throw Refusal(1, "XML, which no recorder writes");
  if (text.starts_with("RPCReplay")) throw Refusal(1, "calls by gRPC, which AWS has none of");
  if (text.find('\0') != std::string_view::npos) throw Refusal(1, "no text");
  return read_yaml(text);
}

Node document_of(std::string_view text) {
  std::vector<Node> documents = documents_of(text);
  if (documents.size() > 1)
    throw Refusal(documents[1].line, "a second document, where a response has one");
  return std::move(documents.front());
}

bool is_validation(const Node& root) {
  return !root.members.empty() && root.members.front().value.find("last_validated_date") != nullptr;
}

bool is_expectation(const Node& root) { return root.find("ResponseMetadata") != nullptr; }

Refusal of_no_format(const Node& root) {
  if (is_validation(root))
    return {1, "LocalStack's list of when tests passed: it holds no response"};
  if (is_expectation(root))
    return {1, "what a client makes of a response: that is imported by the response's file"};
  return {1, "of no format that is known here"};
}

void read_document(const Node& root, const std::string& name, Imported& imported) {
  const auto format = std::find_if(kWireFormats.begin(), kWireFormats.end(),
                                   [&](const WireFormat& one) { return one.is(root); });
  if (format == kWireFormats.end()) {
    if (is_placebo(root) || is_snapshot(root))
      throw Refusal(1, "parsed responses, of which no recording can be made");
    throw of_no_format(root);
  }
  format->read(root, name, imported);
}

constexpr std::size_t kMostUnpacked = std::size_t{1} << 30;  // of one file

// A small file can hold thousands of bodies that unpack to much: what came of packed ones.
std::size_t unpacked_size(const Interaction& interaction) {
  const Exchange& exchange = interaction.exchange;
  if (!interaction.meaning || (!exchange.request.headers.contains("Content-Encoding") &&
                               !exchange.response.headers.contains("Content-Encoding")))
    return 0;
  const auto size = [](const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace).size();
  };
  return size(interaction.meaning->parameters) + size(interaction.meaning->result);
}

void understand(Imported& imported, const std::string& name) {
  const Understanding understanding;
  std::size_t without = 0;
  std::size_t scrubbed = 0;
  std::size_t unpacked = 0;
  for (Interaction& interaction : imported.recording.interactions) {
    tidy(interaction.exchange);
    if (!interaction.meaning) interaction.meaning = understanding.meaning_of(interaction.exchange);
    unpacked += unpacked_size(interaction);
    if (unpacked > kMostUnpacked)
      throw RecordingError(name + ":1: its packed bodies unpack to more than 1 GiB together");
    if (interaction.meaning) continue;
    const bool is_call = understanding.scrubbed(interaction.exchange.request).has_value();
    ++(is_call ? scrubbed : without);
  }
  if (scrubbed != 0)
    imported.notes.push_back(std::to_string(scrubbed) +
                             " calls can't be understood: their parameters were scrubbed");
  if (without != 0)
    imported.notes.push_back(std::to_string(without) + " of " +
                             std::to_string(imported.recording.interactions.size()) +
                             " exchanges are no call of a service that is known here");
}

}  // namespace

Imported import_text(std::string_view text, const std::string& name) {
  Imported imported;
  if (text.starts_with("{\"_log\":")) {  // of ours, not closed
    imported.format = "HAR";
    imported.recording = read_har(text, name, bodies_of(name));
    understand(imported, name);
    return imported;
  }
  try {
    for (const Node& root : documents_of(text)) read_document(root, name, imported);
  } catch (const Refusal& refusal) {
    refuse(name, refusal);
  }
  understand(imported, name);
  return imported;
}

Imported import_file(const std::filesystem::path& file) {
  const Blob content = content_of(file);
  std::string scratch;
  return import_text(content.flat(scratch), file.string());
}

std::vector<ParsedResponse> import_parsed_text(std::string_view text, const std::string& name) {
  try {
    const Node root = document_of(text);
    if (is_placebo(root)) return read_placebo(root, name);
    if (is_snapshot(root)) return read_snapshot(root, name);
    throw of_no_format(root);
  } catch (const Refusal& refusal) {
    refuse(name, refusal);
  }
}

std::vector<ParsedResponse> import_parsed(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(file))
      if (entry.is_regular_file() && entry.path().extension() == ".json")
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<ParsedResponse> all;
    for (const std::filesystem::path& one : files) {
      for (ParsedResponse& response : import_parsed(one)) all.push_back(std::move(response));
    }
    return all;
  }
  const Blob content = content_of(file);
  std::string scratch;
  const std::string_view text = content.flat(scratch);
  if (!is_pair(file)) return import_parsed_text(text, file.string());
  const std::filesystem::path expected = expectation_of(file);
  const Blob expected_content = content_of(expected);
  std::string expected_scratch;
  try {
    const Node root = read_json(expected_content.flat(expected_scratch));
    try {
      return {read_pair(file, std::string(text), root)};
    } catch (const Refusal& refusal) {
      refuse(file.string(), refusal);
    }
  } catch (const Refusal& refusal) {
    refuse(expected.string(), refusal);
  }
}

}  // namespace cloudchamber::recordings
