// The input cases of the protocol vectors, from the server's side: the bytes give the parameters
// back.
#include "tests/support/protocol_vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/call/aws_error.h"
#include "mock-server/decode/decoder.h"
#include "tests/support/compare.h"

namespace cloudchamber::mock {
namespace {

using test::Tally;
using test::VectorCase;

bool is_form(const VectorCase& vector) {
  return vector.model->protocol == Protocol::kQuery || vector.model->protocol == Protocol::kEc2;
}

// What can't be seen on the wire: nulls everywhere, empty maps where they are written as nothing.
Json visible(const Json& value, bool drop_empty_maps) {
  if (value.is_array()) {
    Json items = Json::array();
    for (const Json& item : value) items.push_back(visible(item, drop_empty_maps));
    return items;
  }
  if (!value.is_object()) return value;
  Json members = Json::object();
  for (const auto& [name, member] : value.items()) {
    if (member.is_null() || (drop_empty_maps && member == Json::object())) continue;
    members[name] = visible(member, drop_empty_maps);
  }
  return members;
}

// Parameters that several members are bound to are left to the members that name them.
void drop_named_query_parameters(const Shape& input, Json& parameters) {
  for (const Member& map : input.members) {
    if (map.location != Location::kQueryString || map.shape->type != ShapeType::kMap) continue;
    const auto found = parameters.find(map.name);
    if (found == parameters.end()) continue;
    for (const Member& named : input.members) {
      if (named.location == Location::kQueryString) found->erase(named.wire_name());
    }
    if (found->empty()) parameters.erase(map.name);
  }
}

// The client filled these in itself.
void drop_filled_in(const Shape& input, const Json& expected, Json& actual) {
  for (const Member& member : input.members) {
    if (member.idempotency_token && !expected.contains(member.name)) actual.erase(member.name);
  }
}

std::string check(const VectorCase& vector) {
  Json actual;
  try {
    actual = decode(*vector.model, *vector.operation, vector.request);
  } catch (const AwsError& error) {
    return "refused with " + error.code() + ": " + error.message();
  }
  Json expected = visible(vector.parameters, is_form(vector));
  if (const Shape* input = vector.operation->input) {
    for (const Member& member : input->members) {
      if (member.location == Location::kHeaders && expected.value(member.name, Json()).empty()) {
        expected.erase(member.name);
      }
    }
    drop_named_query_parameters(*input, expected);
    drop_named_query_parameters(*input, actual);
    drop_filled_in(*input, expected, actual);
  }
  return test::difference(expected, actual);
}

TEST(Decode, GivesTheParametersOfEveryProtocolVector) {
  const std::vector<VectorCase> cases = test::input_cases();
  if (cases.empty()) GTEST_SKIP() << "no protocol vectors in " << test::protocol_vectors_folder();
  Tally tally("decode");
  std::size_t unchecked = 0;
  for (const VectorCase& vector : cases) {
    if (!vector.body_is_checked) {
      ++unchecked;  // a compressed body, which the vector does not show
      continue;
    }
    const std::string difference = check(vector);
    if (tally.count(vector, difference)) ADD_FAILURE() << vector.title() << "\n  " << difference;
  }
  std::cout << tally.summary() << "; " << unchecked << " have no body to decode\n";
  EXPECT_GT(tally.cases(), 250U);
}

}  // namespace
}  // namespace cloudchamber::mock
