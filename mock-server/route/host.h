// What the host of a request says: which service, which region, and for S3 which bucket.
#pragma once

#include <string>
#include <string_view>

namespace cloudchamber::mock {

struct HostMeaning {
  std::string service;  // as it is signed for: "sqs"; "" when the host says none
  std::string region;   // "" when it says none
  std::string bucket;   // of a virtual-hosted request; "" when it is none
};

// Is it one of AWS's own? With or without a port.
[[nodiscard]] bool is_host_of_aws(std::string_view host);

// Understands AWS's own hosts (bucket.s3.us-west-2.amazonaws.com, sqs.us-east-1.amazonaws.com), and
// the names under which a server on this machine is reached: localhost and its subdomains,
// localhost.localstack.cloud, and nip.io's names for an address.
[[nodiscard]] HostMeaning understand_host(std::string_view host);

}  // namespace cloudchamber::mock
