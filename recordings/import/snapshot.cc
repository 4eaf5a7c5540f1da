// LocalStack's snapshots, "test_s3.snapshot.json": by test, what it recorded under labels of its
// author's. Responses are found where they stand, by their ResponseMetadata.
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"

namespace cloudchamber::recordings {
namespace {

// "tests/aws/services/s3/test_s3.py::Class::test" -> "s3".
std::string service_of(const std::string& test) {
  constexpr std::string_view kServices = "services/";
  const std::size_t at = test.find(kServices);
  if (at == std::string::npos) return "";
  const std::size_t from = at + kServices.size();
  return test.substr(from, test.find('/', from) - from);
}

int status_in(const Node& metadata) {
  const Node* const status = metadata.find("HTTPStatusCode");
  return status == nullptr ? 0 : static_cast<int>(status->integer("HTTPStatusCode", 100, 599));
}

void add_response(const Node& value, const std::string& service, const std::string& where,
                  std::vector<ParsedResponse>& found) {
  ParsedResponse response;
  response.format = "LocalStack snapshot";
  response.service = service;
  response.where = where;
  response.status = status_in(value.at("ResponseMetadata"));
  response.result = value.json();
  response.result.erase("ResponseMetadata");
  // CloudFormation's results may have a member of that name, which is no object.
  if (const Node* const error = value.find("Error");
      error != nullptr && error->find("Code") != nullptr && response.status >= 300) {
    response.error_code = error->at("Code").text("Code");
    if (const Node* const message = error->find("Message"))
      response.error_message = message->text_or_nothing("Message");
    response.result.erase("Error");
  }
  found.push_back(std::move(response));
}

void collect(const Node& value, const std::string& service, const std::string& where,
             std::vector<ParsedResponse>& found) {
  if (const Node* const metadata = value.find("ResponseMetadata");
      metadata != nullptr && metadata->is_map()) {
    add_response(value, service, where, found);
    return;
  }
  for (std::size_t i = 0; i < value.items.size(); ++i)
    collect(value.items[i], service, where + "[" + std::to_string(i) + "]", found);
  for (const auto& [name, member] : value.members)
    collect(member, service, where + "." + name, found);
}

}  // namespace

bool is_snapshot(const Node& root) {
  return !root.members.empty() && root.members.front().value.find("recorded-content") != nullptr;
}

std::vector<ParsedResponse> read_snapshot(const Node& root, const std::string& name) {
  std::vector<ParsedResponse> found;
  for (const auto& [test, recorded] : root.members) {
    const Node& content = recorded.at("recorded-content");
    if (content.is_null()) continue;
    const std::string service = service_of(test);
    for (const auto& [label, value] : content.map("recorded-content"))
      collect(value, service, name + ": " + test + ": " + label, found);
  }
  return found;
}

}  // namespace cloudchamber::recordings
