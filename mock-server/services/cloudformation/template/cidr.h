// Fn::Cidr: address blocks within a block. A pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cloudchamber::mock::cloudformation {

// `count` (1 to 256) blocks that leave `bits` bits for hosts, one after the other from the start of
// `block` ("10.0.0.0/16", or IPv6). Nothing when `block` is none or has no room for them.
[[nodiscard]] std::optional<std::vector<std::string>> cidr_blocks(const std::string& block,
                                                                  std::int64_t count,
                                                                  std::int64_t bits);

}  // namespace cloudchamber::mock::cloudformation
