#include "tests/support/protocol_vectors.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "cloudchamber/errors.h"
#include "sdk/serialize/serializer.h"
#include "tests/support/compare.h"

namespace cloudchamber::test {
namespace {

// Where botocore is allowed to differ from the text of the vectors: form bodies name their charset.
bool same_header(const std::string& name, std::string_view expected, std::string_view actual) {
  if (expected == actual) return true;
  return name == "Content-Type" && actual == std::string(expected) + "; charset=utf-8" &&
         expected == "application/x-www-form-urlencoded";
}

std::string header_difference(const VectorCase& vector, const HttpRequest& request) {
  for (const auto& [name, value] : vector.request.headers) {
    const std::string* actual = request.headers.find(name);
    if (actual == nullptr) return "header " + name + ": missing, expected " + value;
    if (!same_header(name, value, *actual))
      return "header " + name + ": expected " + value + ", got " + *actual;
  }
  // Content-Length is the transport's, and stands for a body here.
  const auto has = [&](const std::string& name) {
    return name == "Content-Length" ? !request.body.empty() : request.headers.contains(name);
  };
  for (const std::string& name : vector.required_headers)
    if (!has(name)) return "header " + name + ": missing";
  for (const std::string& name : vector.forbidden_headers)
    if (has(name)) return "header " + name + ": not expected";
  return "";
}

std::string request_difference(const VectorCase& vector) try {
  const HttpRequest request = serialize(*vector.model, *vector.operation, vector.parameters);
  if (request.method != vector.request.method) return "method " + request.method;
  if (request.target != vector.request.target)
    return "target: expected " + vector.request.target + ", got " + request.target;
  if (std::string found = header_difference(vector, request); !found.empty()) return found;
  if (!vector.host.empty()) {
    const std::string base = vector.client_endpoint.substr(vector.client_endpoint.find("//") + 2);
    if (request.host + base != vector.host)
      return "host: expected " + vector.host + ", got " + request.host + base;
  }
  if (!vector.body_is_checked) return "";
  return body_difference(vector.model->protocol, vector.request.body.to_string(),
                         request.body.to_string());
} catch (const std::exception& error) {
  return std::string("threw ") + error.what();
}

TEST(Serialize, MakesTheRequestOfEveryProtocolVector) {
  const std::vector<VectorCase> cases = input_cases();
  if (cases.empty()) GTEST_SKIP() << "no vectors in " << protocol_vectors_folder();
  Tally tally("serialize");
  for (const VectorCase& vector : cases) {
    const std::string found = request_difference(vector);
    if (tally.count(vector, found)) ADD_FAILURE() << vector.title() << "\n  " << found;
  }
  std::printf("%s\n", tally.summary().c_str());
  EXPECT_GT(tally.cases(), 250u);
}

}  // namespace
}  // namespace cloudchamber::test
