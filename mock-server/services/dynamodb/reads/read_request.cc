#include "mock-server/services/dynamodb/reads/read_request.h"

#include "mock-server/services/dynamodb/expressions/parser.h"
#include "mock-server/services/dynamodb/reads/starting_key.h"
#include "mock-server/services/dynamodb/request.h"

namespace cloudchamber::mock::dynamodb {

ReadRequest read_request(const Json& input, std::string_view filter_name) {
  ReadRequest request;
  request.input = &input;
  if (const Json* conditions = member(input, filter_name)) {
    request.filter.conditions = read_conditions(*conditions);
  }
  if (const std::string* conditional = text_member(input, "ConditionalOperator")) {
    if (request.filter.conditions.empty()) {
      throw invalid_parameter("ConditionalOperator cannot be used without Filter or Expected");
    }
    request.filter.any = *conditional == "OR";
  }
  if (const Json* names = member(input, "AttributesToGet")) {
    request.paths = attributes_to_get(*names);
  }
  request.start_key = member(input, "ExclusiveStartKey");
  if (request.start_key != nullptr) check_start_key(*request.start_key);
  if (const Json* limit = member(input, "Limit")) request.limit = *limit;
  request.consistent = flag_member(input, "ConsistentRead");
  if (const std::string* select = text_member(input, "Select")) request.select = *select;
  return request;
}

void read_expressions(const Json& input, ReadRequest& request) {
  Placeholders placeholders = placeholders_of(input);
  std::optional<Node> key_condition;
  if (const std::string* text = text_member(input, "KeyConditionExpression")) {
    key_condition = parse_condition(*text, "KeyConditionExpression", placeholders);
  }
  if (const std::string* text = text_member(input, "FilterExpression")) {
    request.filter.expression = parse_condition(*text, "FilterExpression", placeholders);
  }
  if (const std::string* text = text_member(input, "ProjectionExpression")) {
    request.paths = parse_projection(*text, placeholders);
  }
  placeholders.check_all_used();
  if (key_condition) request.key_conditions = read_key_conditions(*key_condition);
}

void check_select(const ReadRequest& request) {
  const bool has_paths = request.paths.has_value();
  if (request.select == "SPECIFIC_ATTRIBUTES" && !has_paths) {
    throw validation_error(
        "One or more parameter values were invalid: Must specify the AttributesToGet or "
        "ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
  }
  if (has_paths && !request.select.empty() && request.select != "SPECIFIC_ATTRIBUTES") {
    throw validation_error(
        "Cannot specify the " +
        std::string(member(*request.input, "AttributesToGet") != nullptr ? "AttributesToGet"
                                                                         : "ProjectionExpression") +
        " when choosing to get " + (request.select == "COUNT" ? "only the Count" : request.select));
  }
  if (request.select == "ALL_PROJECTED_ATTRIBUTES" &&
      member(*request.input, "IndexName") == nullptr) {
    throw validation_error(
        "One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when "
        "Querying using an IndexName");
  }
}

}  // namespace cloudchamber::mock::dynamodb
