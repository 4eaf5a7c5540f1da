#include <cloudchamber/services/s3.h>
#include <cloudchamber/session.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "mock-server/mock_aws.h"

int main() {
  const cloudchamber::mock::MockAws aws;  // or Session({.endpoint_url = "http://127.0.0.1:4566"})
  const auto s3 = aws.session().client<cloudchamber::s3::S3>();
  s3.create_bucket({{"Bucket", "films"}});
  s3.put_object({{"Bucket", "films"}, {"Key", "1985/brazil"}, {"Body", "a fly in the machine"}});
  for (const auto& page : s3.get_paginator("list_objects_v2").paginate({{"Bucket", "films"}})) {
    for (const auto& object : page["Contents"]) std::cout << object["Key"] << '\n';
  }
}
