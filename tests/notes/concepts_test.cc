// "Concepts": clients, resources, the default session, paginators.
#include <iostream>

#include "cloudchamber/resources/sqs.h"
#include "cloudchamber/services/s3.h"
#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

// client_through_resource.py
//   import boto3
//   # Create a low-level client with the service name
//   sqs = boto3.client('sqs')
//
//   # Access client through resource
//   sqs_resource = boto3.resource('sqs')
//   sqs = sqs_resource.meta.client
TEST_F(Notes, AClientIsMadeByItsNameOrHadThroughAResource) {
  // snippet: client_through_resource
  // Create a low-level client with the service name
  Client sqs = client("sqs");

  // Access client through resource
  const auto sqs_resource = resource<Sqs>();
  sqs = sqs_resource.meta().client();
  // end
  EXPECT_EQ(sqs.meta().service_name, "sqs");
  const Json queue = sqs.call("create_queue", {{"QueueName", "jobs"}});
  EXPECT_EQ(sqs_resource.queues().begin()->url(), queue["QueueUrl"]);
}

// default_session.py
//   # Entry functions like `boto3.resource`, boto3.client`
//   # just pass arguments to the default session
//   def resource(*args, **kwargs):
//       return _get_default_session().resource(*args, **kwargs)
TEST_F(Notes, EntryFunctionsPassTheirArgumentsToTheDefaultSession) {
  const ClientOptions options = {.region_name = "eu-west-1"};
  // snippet: default_session
  // Entry functions like cloudchamber::resource, cloudchamber::client
  // just pass arguments to the default session
  const auto same = [](std::string_view service, const ClientOptions& given) {
    return default_session().resource(service, given);
  };
  // end
  EXPECT_EQ(resource("sqs", options), same("sqs", options));
  EXPECT_EQ(resource("sqs", options).meta().client().meta().region_name, "eu-west-1");
  EXPECT_EQ(client("sqs", options).meta().region_name, "eu-west-1");
  resource("sqs").call("create_queue", {{"QueueName", "jobs"}});
  EXPECT_EQ(client("sqs").call("ListQueues")["QueueUrls"].size(), 1U);
}

// region_name.py
//   boto3.resource('sqs', region_name='ap-northeast1')
TEST_F(Notes, AResourceIsOfARegion) {
  const auto sqs =
      // snippet: region_name
      cloudchamber::resource("sqs", {.region_name = "ap-northeast1"});
  // end
  EXPECT_EQ(sqs.meta().client().meta().region_name, "ap-northeast1");
}

// paginator.py
//   import boto3
//
//   client = boto3.client('s3', region_name='us-west-2')
//   paginator = client.get_paginator('list_objects')
//   operation_parameters = {'Bucket': 'my-bucket',
//                           'Prefix': 'foo/baz'}
//   page_iterator = paginator.paginate(**operation_parameters)
//   for page in page_iterator:
//       print(page['Contents'])
TEST_F(Notes, APaginatorGoesThroughAllPages) {
  const auto s3 = cloudchamber::client<S3>({.region_name = "us-west-2"});
  s3.create_bucket({{"Bucket", "my-bucket"},
                    {"CreateBucketConfiguration", {{"LocationConstraint", "us-west-2"}}}});
  for (const char* key : {"foo/bar", "foo/baz/1", "foo/baz/2"})
    s3.put_object({{"Bucket", "my-bucket"}, {"Key", key}});
  const std::string text = printed([] {
    // snippet: paginator
    const auto client = cloudchamber::client("s3", {.region_name = "us-west-2"});
    const auto paginator = client.get_paginator("list_objects");
    const Json operation_parameters = {{"Bucket", "my-bucket"}, {"Prefix", "foo/baz"}};
    const auto page_iterator = paginator.paginate(operation_parameters);
    for (const Json& page : page_iterator) {
      std::cout << page["Contents"] << '\n';
    }
    // end
  });
  const Json contents = Json::parse(text);
  ASSERT_EQ(contents.size(), 2U);
  EXPECT_EQ(contents[1]["Key"], "foo/baz/2");
}

}  // namespace
}  // namespace cloudchamber
