// "Core": what clients are made with, waiters.
#include <iostream>

#include "cloudchamber/resources/sqs.h"
#include "cloudchamber/services/s3.h"
#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

// client_or_resource.py
//   def client_or_resource(service_name,
//                          region_name=None,
//                          api_version=None,
//                          use_ssl=True,
//                          verify=None,
//                          endpoint_url=None,
//                          aws_access_key_id=None,
//                          aws_secret_access_key=None,
//                          aws_session_token=None,
//                          config=None)
TEST_F(Notes, ClientsAndResourcesTakeTheSameOptions) {
  const auto client_or_resource = [](std::string_view service_name, const ClientOptions& options) {
    EXPECT_EQ(cloudchamber::client(service_name, options).meta().endpoint_url,
              cloudchamber::resource(service_name, options).meta().client().meta().endpoint_url);
    return cloudchamber::client(service_name, options);
  };
  const Client sqs =
      // snippet: client_or_resource
      client_or_resource("sqs", {.region_name = std::nullopt,
                                 .api_version = std::nullopt,
                                 .use_ssl = true,
                                 .verify = std::nullopt,
                                 .endpoint_url = std::nullopt,
                                 .aws_access_key_id = std::nullopt,
                                 .aws_secret_access_key = std::nullopt,
                                 .aws_session_token = std::nullopt,
                                 .config = {}});
  // end
  EXPECT_EQ(sqs.meta().endpoint_url, "https://sqs.us-east-1.amazonaws.com");
}

// client_of_resource.py
//   # Access the raw client within a resource
//   client = resource.meta.client
TEST_F(Notes, AResourceHasARawClient) {
  const auto resource = cloudchamber::resource<Sqs>().queue("https://queue");
  // snippet: client_of_resource
  // Access the raw client within a resource
  const auto client = resource.meta().client();
  // end
  EXPECT_EQ(client.meta().service_name, "sqs");
  EXPECT_THROW(client.get_queue_url({{"QueueName", "none"}}), sqs::QueueDoesNotExist);
}

// waiters.py
//   import boto3
//
//   s3 = boto3.client('s3')
//   print('s3 waiters: ', s3.waiter_names)
//   # [u'bucket_exists', u'bucket_not_exists', u'object_exists', u'object_not_exists']
//
//   w = s3.get_waiter('bucket_exists')
//   w.wait(Bucket='mybucket')
TEST_F(Notes, AWaiterBlocksUntilAStateIsReached) {
  client<S3>().create_bucket({{"Bucket", "mybucket"}});
  const std::string text = printed([] {
    // snippet: waiters
    const auto s3 = client("s3");
    std::cout << "s3 waiters: " << Json(s3.waiter_names()) << '\n';
    // ["bucket_exists","bucket_not_exists","object_exists","object_not_exists"]

    const auto w = s3.get_waiter("bucket_exists");
    w.wait({{"Bucket", "mybucket"}});
    // end
  });
  EXPECT_EQ(text,
            "s3 waiters: "
            R"(["bucket_exists","bucket_not_exists","object_exists","object_not_exists"])"
            "\n");
}

}  // namespace
}  // namespace cloudchamber
