#include "mock-server/services/ec2/engine/cidr.h"

#include <arpa/inet.h>

#include <charconv>

namespace cloudchamber::mock::ec2 {
namespace {

std::optional<int> parse_number(std::string_view text, int max) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-')
    return std::nullopt;
  if (number > max || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return number;
}

std::uint32_t mask_of(int length) {
  return length == 0 ? 0 : ~std::uint32_t{0} << static_cast<unsigned>(32 - length);
}

// Clears the bits beyond the length.
void cut(std::array<std::uint8_t, 16>& address, int length) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    const int kept = length - static_cast<int>(i) * 8;
    if (kept <= 0) {
      address[i] = 0;
    } else if (kept < 8) {
      address[i] =
          static_cast<std::uint8_t>(address[i] & (0xffU << static_cast<unsigned>(8 - kept)));
    }
  }
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return std::nullopt;
    const std::optional<int> number = parse_number(text.substr(0, dot), 255);
    if (!number.has_value()) return std::nullopt;
    address = (address << 8U) | static_cast<std::uint32_t>(*number);
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
  return address;
}

std::string ipv4_text(std::uint32_t address) {
  std::string out;
  for (unsigned shift = 32; shift > 0; shift -= 8)
    out += (out.empty() ? "" : ".") + std::to_string((address >> (shift - 8)) & 0xffU);
  return out;
}

bool Cidr::contains(const Cidr& other) const {
  return other.length >= length && (other.address & mask_of(length)) == address;
}
bool Cidr::overlaps(const Cidr& other) const { return contains(other) || other.contains(*this); }
std::string Cidr::text() const { return ipv4_text(address) + '/' + std::to_string(length); }

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint32_t> address = parse_ipv4(text.substr(0, slash));
  const std::optional<int> length = parse_number(text.substr(slash + 1), 32);
  if (!address.has_value() || !length.has_value()) return std::nullopt;
  return Cidr{*address & mask_of(*length), *length};
}

bool Cidr6::contains(const Cidr6& other) const {
  std::array<std::uint8_t, 16> prefix = other.address;
  cut(prefix, length);
  return other.length >= length && prefix == address;
}

std::string Cidr6::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(AF_INET6, address.data(), buffer.data(), buffer.size());
  return std::string(buffer.data()) + '/' + std::to_string(length);
}

std::optional<Cidr6> Cidr6::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::optional<int> length = parse_number(text.substr(slash + 1), 128);
  Cidr6 out;
  if (!length.has_value() ||
      inet_pton(AF_INET6, std::string(text.substr(0, slash)).c_str(), out.address.data()) != 1)
    return std::nullopt;
  out.length = *length;
  cut(out.address, out.length);
  return out;
}

}  // namespace cloudchamber::mock::ec2
