#include "tests/support/protocol_vectors.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "sdk/parse/parser.h"
#include "tests/support/compare.h"

namespace cloudchamber::test {
namespace {

std::string error_difference(const VectorCase& vector) {
  const ParsedError error = parse_error(*vector.model, *vector.operation, vector.response);
  // A service that once spoke query keeps its old codes for who calls it.
  const std::string& code = error.query_code.empty() ? error.code : error.query_code;
  if (code != vector.error_code) return "code: expected " + vector.error_code + ", got " + code;
  if (vector.error_message && error.message != *vector.error_message)
    return "message: expected " + *vector.error_message + ", got " + error.message;
  return difference(vector.error_members, error.members);
}

std::string response_difference(const VectorCase& vector) try {
  if (vector.is_error != is_error(*vector.model, *vector.operation, vector.response))
    return vector.is_error ? "not taken for an error" : "taken for an error";
  if (vector.is_error) return error_difference(vector);
  return difference(vector.result, parse_output(*vector.model, *vector.operation, vector.response));
} catch (const std::exception& error) {
  return std::string("threw ") + error.what();
}

TEST(Parse, GivesTheResultOfEveryProtocolVector) {
  const std::vector<VectorCase> cases = output_cases();
  if (cases.empty()) GTEST_SKIP() << "no vectors in " << protocol_vectors_folder();
  Tally tally("parse");
  for (const VectorCase& vector : cases) {
    const std::string found = response_difference(vector);
    if (tally.count(vector, found)) ADD_FAILURE() << vector.title() << "\n  " << found;
  }
  std::printf("%s\n", tally.summary().c_str());
  EXPECT_GT(tally.cases(), 200u);
}

}  // namespace
}  // namespace cloudchamber::test
