// The protocol vectors of ../shared/protocol-vectors (another place: CHAMBER_PROTOCOL_VECTORS),
// each as an operation with its model, what the caller says, and what is on the wire.
//
// The README there explains the format. An input case is parameters and a request, an output case a
// response and a result or an error; either half of the project checks its own direction.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::test {

struct VectorCase {
  std::string file;   // "input/query.json"
  std::string suite;  // its description
  std::string id;
  bool ignored = false;  // on the list of known differences: report, don't fail
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation = nullptr;

  // Input cases: what the caller passes as the SDK holds it (blobs binary, timestamps ISO 8601
  // strings), nulls kept where the vector has them. The request expected: host, method, target,
  // headers and body (decoded from base64 where the vector has that).
  Json parameters;
  HttpRequest request;
  bool body_is_checked = true;
  std::vector<std::string> required_headers;
  std::vector<std::string> forbidden_headers;
  std::string client_endpoint;  // "https://example.com", mostly ""
  std::string host;             // expected with the host prefix; "" = not checked

  // Output cases: the response, and either the result or the error.
  HttpResponse response;
  bool is_error = false;
  Json result;  // of a success, as the SDK holds it
  std::string error_code;
  std::optional<std::string> error_message;
  Json error_members;  // as the SDK holds them
  const Shape* error_shape = nullptr;

  // "input/query.json, "Test cases for QueryLists operation", QueryLists".
  [[nodiscard]] std::string title() const;
};

// All cases of that direction in the order of their files; none where the folder is absent.
// Throws (std::runtime_error, ModelError) what makes a file unreadable.
[[nodiscard]] std::vector<VectorCase> input_cases();
[[nodiscard]] std::vector<VectorCase> output_cases();

// Where the vectors are looked for, for the message when there are none.
[[nodiscard]] std::string protocol_vectors_folder();

// A value of that shape as vectors write it (blobs as text, timestamps in epoch seconds) turned
// into what the SDK holds.
[[nodiscard]] Json from_vector(const Shape& shape, const Json& value);

// Counts the cases of a run: "serialize: 250 of 250 cases; of the 14 ignored, 9 pass".
class Tally {
 public:
  explicit Tally(std::string name) : name_(std::move(name)) {}
  // Takes one case and how it differs, "" for a pass. True where that must fail the test.
  bool count(const VectorCase& vector, const std::string& difference);
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] std::size_t cases() const { return cases_; }

 private:
  std::string name_;
  std::size_t cases_ = 0, passed_ = 0, ignored_ = 0, ignored_passed_ = 0;
  std::string ignored_misses_;
};

}  // namespace cloudchamber::test
