// The services that this server can tell apart, and by what on the wire: enough to route a request
// before a model is loaded, so that EC2's megabytes are read only by those who call EC2.
//
// Everything here stands in the models too; a test holds the two together.
#pragma once

#include <array>
#include <string_view>

namespace cloudchamber::mock {

struct KnownService {
  std::string_view model;          // what find_model() knows it by
  std::string_view query_model;    // the model for requests with an Action, "" when it takes none
  std::string_view signing_name;   // in credential scopes
  std::string_view target_prefix;  // in X-Amz-Target, "" when it takes none
  std::string_view api_version;    // in Version, with an Action
};

// In the order in which an action is looked for when nothing says whose it is.
inline constexpr std::array<KnownService, 8> kKnownServices{{
    {"sqs", "sqs.query", "sqs", "AmazonSQS", "2012-11-05"},
    {"sts", "sts", "sts", "", "2011-06-15"},
    {"iam", "iam", "iam", "", "2010-05-08"},
    {"cloudformation", "cloudformation", "cloudformation", "", "2010-05-15"},
    {"ec2", "ec2", "ec2", "", "2016-11-15"},
    {"dynamodb", "", "dynamodb", "DynamoDB_20120810", "2012-08-10"},
    {"dynamodbstreams", "", "dynamodb", "DynamoDBStreams_20120810", "2012-08-10"},
    {"s3", "", "s3", "", "2006-03-01"},
}};

// The first service signed for under this name, else null.
[[nodiscard]] constexpr const KnownService* service_signed_as(std::string_view name) {
  for (const KnownService& service : kKnownServices) {
    if (service.signing_name == name) return &service;
  }
  return nullptr;
}

}  // namespace cloudchamber::mock
