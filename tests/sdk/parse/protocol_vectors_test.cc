#include "tests/support/protocol_vectors.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

#include "cloudchamber/errors.h"
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

// The bytes of a response may be anything; the answer is a value or ResponseParserError.
void expect_bounded(const VectorCase& vector, std::string body) {
  HttpResponse response = vector.response;
  response.body = Blob(body);
  try {
    static_cast<void>(parse_output(*vector.model, *vector.operation, response));
  } catch (const ResponseParserError&) {
  } catch (const std::exception& error) {
    ADD_FAILURE() << vector.title() << " threw " << error.what() << " for\n" << body;
  }
  EXPECT_NO_THROW(static_cast<void>(parse_error(*vector.model, *vector.operation, response)))
      << vector.title() << " for\n"
      << body;
}

TEST(Parse, AnswersAnyDamageToAVectorWithAValueOrAParserError) {
  const std::vector<VectorCase> cases = output_cases();
  if (cases.empty()) GTEST_SKIP() << "no vectors in " << protocol_vectors_folder();
  std::minstd_rand random(1);
  for (const VectorCase& vector : cases) {
    const std::string body = vector.response.body.to_string();
    if (body.empty()) continue;
    for (int i = 0; i < 20; ++i) {
      const std::size_t at = random() % body.size();
      expect_bounded(vector, body.substr(0, at));
      std::string changed = body;
      changed[at] = static_cast<char>(random());
      expect_bounded(vector, changed);
      expect_bounded(vector, body.substr(0, at) + body.substr(random() % body.size()));
    }
  }
}

}  // namespace
}  // namespace cloudchamber::test
