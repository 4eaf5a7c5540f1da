#include "mock-server/services/cloudformation/template/cidr.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstddef>

namespace cloudchamber::mock::cloudformation {
namespace {

using Address = std::array<unsigned char, 16>;

// Adds 2^bit to an address of `size` bytes.
void add(Address& address, std::size_t size, std::int64_t bit) {
  std::size_t at = size - 1 - static_cast<std::size_t>(bit / 8);
  unsigned carry = 1U << static_cast<unsigned>(bit % 8);
  for (;; --at) {
    carry += address[at];
    address[at] = static_cast<unsigned char>(carry & 0xffU);
    carry >>= 8U;
    if (carry == 0 || at == 0) return;
  }
}

}  // namespace

std::optional<std::vector<std::string>> cidr_blocks(const std::string& block, std::int64_t count,
                                                    std::int64_t bits) {
  const std::size_t slash = block.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string base = block.substr(0, slash);
  std::int64_t prefix = 0;
  const char* end = block.data() + block.size();
  const auto read = std::from_chars(block.data() + slash + 1, end, prefix);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;

  Address address{};
  const bool v6 = base.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, base.c_str(), address.data()) != 1) return std::nullopt;
  const std::int64_t width = v6 ? 128 : 32;
  const std::size_t size = v6 ? 16 : 4;
  if (prefix < 0 || prefix > width || count < 1 || count > 256 || bits < 1 || bits > width - prefix)
    return std::nullopt;
  const std::int64_t room = width - prefix - bits;
  if (room < 9 && count > (std::int64_t{1} << room)) return std::nullopt;

  for (std::int64_t bit = 0; bit < width - prefix; ++bit) {
    auto& byte = address[size - 1 - static_cast<std::size_t>(bit / 8)];
    byte = static_cast<unsigned char>(byte & ~(1U << static_cast<unsigned>(bit % 8)));
  }
  std::vector<std::string> blocks;
  for (std::int64_t i = 0; i < count; ++i) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(v6 ? AF_INET6 : AF_INET, address.data(), text.data(), text.size());
    blocks.push_back(std::string(text.data()) + '/' + std::to_string(width - bits));
    if (bits < width) add(address, size, bits);
  }
  return blocks;
}

}  // namespace cloudchamber::mock::cloudformation
