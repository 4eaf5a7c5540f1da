// Cidr: a block of IPv4 addresses, "10.0.0.0/16"; Cidr6 of IPv6 addresses.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber::mock::ec2 {

struct Cidr {
  std::uint32_t address = 0;  // the first one of the block
  int length = 0;             // 0 to 32

  [[nodiscard]] std::uint64_t size() const { return std::uint64_t{1} << (32 - length); }
  [[nodiscard]] bool contains(const Cidr& other) const;
  [[nodiscard]] bool contains(std::uint32_t one) const { return contains(Cidr{one, 32}); }
  [[nodiscard]] bool overlaps(const Cidr& other) const;
  [[nodiscard]] std::string text() const;

  // Nothing when it is no CIDR. The bits beyond the length are dropped, as AWS does: 100.68.0.18/18
  // is 100.68.0.0/18.
  [[nodiscard]] static std::optional<Cidr> parse(std::string_view text);
};

[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view text);
[[nodiscard]] std::string ipv4_text(std::uint32_t address);

struct Cidr6 {
  std::array<std::uint8_t, 16> address{};
  int length = 0;

  [[nodiscard]] bool contains(const Cidr6& other) const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static std::optional<Cidr6> parse(std::string_view text);
};

}  // namespace cloudchamber::mock::ec2
