// Notifications: what happens to objects is told to queues, in the commit in which it happens.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

struct Event {
  std::string name;  // "ObjectCreated:Put"
  std::string key;
  const Object* object = nullptr;  // what was made; null when something went
  std::string version_id;          // "" when the event names none
};

// The version that an event of its making names: "" where versioning is not on.
[[nodiscard]] std::string named_version(const Bucket& bucket, const Object& made);

// Sends the event to the queues that the bucket's configuration names for it. What cannot be
// delivered (the queue is gone, or its policy no longer lets S3) is lost, as on AWS. Throws
// NotImplemented where the queue belongs to another account than the caller's.
void announce(const Call& call, Bucket& bucket, const Event& event);

// Why S3 cannot publish to a queue, in AWS's words; "" when it can.
[[nodiscard]] std::string fault_of_destination(const Call& call, const Bucket& bucket,
                                               const std::string& queue_arn);
// Sends s3:TestEvent, which tells that the destination works.
void send_test_event(const Call& call, const Bucket& bucket, const std::string& queue_arn);

}  // namespace cloudchamber::mock::s3
