#include "tests/support/protocol_vectors.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::test {
namespace {

// The order of members counts, in shapes and in query bodies.
using Ordered = nlohmann::ordered_json;

Ordered read_json(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return Ordered::parse(text.str());
}

Json plain(const Ordered& value) { return Json::parse(value.dump()); }

class IgnoreList {
 public:
  IgnoreList(const std::filesystem::path& folder, const std::string& direction,
             const std::string& protocol) {
    const Ordered list = read_json(folder / "protocol-tests-ignore-list.json");
    take(list.value("general", Ordered::object()), direction);
    take(list.at("protocols").value(protocol, Ordered::object()), direction);
  }
  [[nodiscard]] bool has(const std::string& suite, const std::string& id) const {
    return std::find(suites_.begin(), suites_.end(), suite) != suites_.end() ||
           std::find(cases_.begin(), cases_.end(), id) != cases_.end();
  }

 private:
  void take(const Ordered& lists, const std::string& direction) {
    const Ordered list = lists.value(direction, Ordered::object());
    for (const Ordered& name : list.value("suites", Ordered::array()))
      suites_.push_back(name.get<std::string>());
    for (const Ordered& name : list.value("cases", Ordered::array()))
      cases_.push_back(name.get<std::string>());
  }
  std::vector<std::string> suites_, cases_;
};

std::shared_ptr<const ServiceModel> model_of(const Ordered& suite, const Ordered& given) {
  Ordered metadata = suite.at("metadata");
  // What every real description has, and no case depends on.
  for (const char* name : {"endpointPrefix", "serviceId", "signatureVersion"})
    if (!metadata.contains(name)) metadata[name] = "vectors";
  const Ordered description = {{"version", "2.0"},
                               {"metadata", metadata},
                               {"operations", {{given.at("name").get<std::string>(), given}}},
                               {"shapes", suite.at("shapes")}};
  return ServiceModel::from_text("vectors", description.dump());
}

std::string body_text(const VectorCase& vector, const std::string& text) {
  if (vector.model->protocol != Protocol::kRpcV2Cbor) return text;
  const auto bytes = base64_decode(text);
  if (!bytes) throw std::runtime_error(vector.title() + ": body is not base64");
  return *bytes;
}

std::vector<std::string> names(const Ordered& list) {
  std::vector<std::string> result;
  for (const Ordered& name : list) result.push_back(name.get<std::string>());
  return result;
}

void read_input(const Ordered& suite, const Ordered& source, VectorCase& vector) {
  const Json parameters = plain(source.value("params", Ordered::object()));
  vector.parameters = vector.operation->input != nullptr
                          ? from_vector(*vector.operation->input, parameters)
                          : Json::object();
  const Ordered& expected = source.at("serialized");
  vector.request.method = expected.at("method").get<std::string>();
  vector.request.target = expected.at("uri").get<std::string>();
  const Ordered headers = expected.value("headers", Ordered::object());
  for (const auto& [name, value] : headers.items())
    vector.request.headers.add(name, value.get<std::string>());
  vector.body_is_checked = expected.contains("body");
  if (vector.body_is_checked)
    vector.request.body = Blob(body_text(vector, expected.at("body").get<std::string>()));
  vector.required_headers = names(expected.value("requireHeaders", Ordered::array()));
  vector.forbidden_headers = names(expected.value("forbidHeaders", Ordered::array()));
  vector.client_endpoint = suite.value("clientEndpoint", "");
  vector.host = expected.value("host", "");
  vector.request.host = vector.host.empty() ? "example.com" : vector.host;
}

void read_output(const Ordered& source, VectorCase& vector) {
  const Ordered& response = source.at("response");
  vector.response.status = response.at("status_code").get<int>();
  const Ordered headers = response.value("headers", Ordered::object());
  for (const auto& [name, value] : headers.items())
    vector.response.headers.add(name, value.get<std::string>());
  std::string body = response.value("body", "");
  if (!response.contains("body") && vector.model->protocol == Protocol::kQuery) body = "<xml/>";
  vector.response.body = Blob(body_text(vector, body));
  vector.is_error = source.contains("error") || source.contains("errorCode");
  if (!vector.is_error) {
    const Json result = plain(source.value("result", Ordered::object()));
    vector.result = vector.operation->output != nullptr
                        ? from_vector(*vector.operation->output, result)
                        : result;
    return;
  }
  vector.error_code = source.value("errorCode", "");
  if (source.contains("errorMessage"))
    vector.error_message = source.at("errorMessage").get<std::string>();
  vector.error_members = plain(source.value("error", Ordered::object()));
  if (!vector.operation->errors.empty()) {
    vector.error_shape = vector.operation->errors.front();
    vector.error_members = from_vector(*vector.error_shape, vector.error_members);
  }
}

std::vector<VectorCase> read_cases(const std::string& direction) {
  std::vector<VectorCase> cases;
  const std::filesystem::path folder = protocol_vectors_folder();
  if (!std::filesystem::is_directory(folder / direction)) return cases;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder / direction))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& path : files) {
    const IgnoreList ignored(folder, direction, path.stem().string());
    for (const Ordered& suite : read_json(path)) {
      for (const Ordered& source : suite.at("cases")) {
        VectorCase vector;
        vector.file = direction + "/" + path.filename().string();
        vector.suite = suite.at("description").get<std::string>();
        vector.id = source.at("id").get<std::string>();
        vector.ignored = ignored.has(vector.suite, vector.id);
        vector.model = model_of(suite, source.at("given"));
        vector.operation = vector.model->operations().at(0);
        if (direction == "input")
          read_input(suite, source, vector);
        else
          read_output(source, vector);
        cases.push_back(std::move(vector));
      }
    }
  }
  return cases;
}

}  // namespace

std::string VectorCase::title() const { return file + ", \"" + suite + "\", " + id; }

std::string protocol_vectors_folder() {
  const char* place = std::getenv("CHAMBER_PROTOCOL_VECTORS");
  return place != nullptr ? place : "../shared/protocol-vectors";
}

std::vector<VectorCase> input_cases() { return read_cases("input"); }
std::vector<VectorCase> output_cases() { return read_cases("output"); }

Json from_vector(const Shape& shape, const Json& value) {
  if (value.is_null()) return value;
  switch (shape.type) {
    case ShapeType::kStructure: {
      if (shape.document || !value.is_object()) return value;
      Json result = Json::object();
      for (const auto& [name, member_value] : value.items()) {
        const Member* member = shape.find(name);
        result[name] = member != nullptr ? from_vector(*member->shape, member_value) : member_value;
      }
      return result;
    }
    case ShapeType::kList: {
      Json result = Json::array();
      for (const Json& element : value)
        result.push_back(from_vector(*shape.element.shape, element));
      return result;
    }
    case ShapeType::kMap: {
      Json result = Json::object();
      for (const auto& [key, element] : value.items())
        result[key] = from_vector(*shape.value.shape, element);
      return result;
    }
    case ShapeType::kBlob:
      return binary(value.get<std::string>());
    case ShapeType::kTimestamp:
      return iso8601(TimePoint(Milliseconds(std::llround(value.get<double>() * 1000))));
    default:
      return value;
  }
}

bool Tally::count(const VectorCase& vector, const std::string& difference) {
  if (vector.ignored) {
    ++ignored_;
    if (difference.empty())
      ++ignored_passed_;
    else
      ignored_misses_ += "\n  ignored: " + vector.title();
    return false;
  }
  ++cases_;
  if (difference.empty()) ++passed_;
  return !difference.empty();
}

std::string Tally::summary() const {
  return name_ + ": " + std::to_string(passed_) + " of " + std::to_string(cases_) +
         " cases; of the " + std::to_string(ignored_) + " ignored, " +
         std::to_string(ignored_passed_) + " pass" + ignored_misses_;
}

}  // namespace cloudchamber::test
