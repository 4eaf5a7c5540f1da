// botocore's tests of its parsers, a pair a response: "ec2-run-instances.xml" and, beside it,
// "ec2-run-instances.json" that a client must return; for a JSON service "json/errors/x.json" and
// "json/expected/x.json".
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "sdk/model/names.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::recordings {
namespace {

bool is_json_body(const std::filesystem::path& response) {
  const std::filesystem::path folder = response.parent_path();
  return response.extension() == ".json" && folder.filename() == "errors" &&
         folder.parent_path().filename() == "json";
}

}  // namespace

std::filesystem::path expectation_of(const std::filesystem::path& response) {
  if (is_json_body(response))
    return response.parent_path().parent_path() / "expected" / response.filename();
  return std::filesystem::path(response).replace_extension(".json");
}

bool is_pair(const std::filesystem::path& response) {
  if (response.extension() != ".xml" && !is_json_body(response)) return false;
  std::error_code ignored;
  return std::filesystem::is_regular_file(expectation_of(response), ignored);
}

ParsedResponse read_pair(const std::filesystem::path& file, const std::string& body,
                         const Node& expected) {
  std::string name = file.stem().string();
  name.resize(std::min(name.find('#'), name.size()));
  const std::size_t dash = name.find('-');
  const auto model = find_model(name.substr(0, dash));
  if (model == nullptr || dash == std::string::npos)
    throw Refusal(1, "a response of " + name + ", a service that is not known here");
  ParsedResponse response;
  response.format = "botocore pair";
  response.service = model->name;
  response.where = file.string();
  for (const Operation* operation : model->operations())
    if (xform_name(operation->name, '-') == name.substr(dash + 1))
      response.operation = operation->name;
  if (response.operation.empty())
    throw Refusal(1, "a response to " + name + ", an operation that " + model->name + " lacks");
  response.result = expected.json();
  if (!response.result.is_object()) throw Refusal(expected.line, "no object");
  response.result.erase("ResponseMetadata");
  response.response = HttpResponse{.status = 200, .headers = {}, .body = Blob(body)};
  if (const Node* const error = expected.find("Error")) {
    response.error_code = error->at("Code").text("Code");
    response.error_message = error->at("Message").text("Message");
    response.result.erase("Error");
    response.response->status = 400;  // the files don't say; all that are kept are 4xx
  }
  response.status = response.response->status;
  return response;
}

}  // namespace cloudchamber::recordings
