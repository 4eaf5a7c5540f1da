#include "sdk/codec/crc.h"

#include <array>
#include <cstddef>

namespace cloudchamber {
namespace {

// Row r, column b: what byte b contributes when r more bytes follow it in the same step.
template <class Word>
using Tables = std::array<std::array<Word, 256>, 8>;

template <class Word>
constexpr Tables<Word> make_tables(Word reflected_polynomial) {
  Tables<Word> tables{};
  for (std::size_t i = 0; i < 256; ++i) {
    Word crc = static_cast<Word>(i);
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc & 1) != 0 ? (crc >> 1) ^ reflected_polynomial : crc >> 1;
    tables[0][i] = crc;
  }
  for (std::size_t row = 1; row < 8; ++row)
    for (std::size_t i = 0; i < 256; ++i)
      tables[row][i] = (tables[row - 1][i] >> 8) ^ tables[0][tables[row - 1][i] & 0xff];
  return tables;
}

constexpr Tables<std::uint32_t> kCastagnoli = make_tables<std::uint32_t>(0x82f63b78U);
constexpr Tables<std::uint64_t> kNvme = make_tables<std::uint64_t>(0x9a6c9329ac4bc9b5U);

std::uint64_t little_endian(const unsigned char* bytes) {
  std::uint64_t word = 0;
  for (int i = 7; i >= 0; --i) word = word << 8 | bytes[i];
  return word;
}

template <class Word>
Word run(const Tables<Word>& tables, Word crc, std::string_view bytes) {
  crc = ~crc;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  for (; left >= 8; left -= 8, at += 8) {
    const std::uint64_t word = little_endian(at) ^ crc;
    crc = 0;
    for (std::size_t i = 0; i < 8; ++i) crc ^= tables[7 - i][word >> (8 * i) & 0xff];
  }
  for (; left > 0; --left, ++at) crc = (crc >> 8) ^ tables[0][(crc ^ *at) & 0xff];
  return ~crc;
}

}  // namespace

std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes) {
  return run(kCastagnoli, crc, bytes);
}
std::uint64_t crc64nvme(std::uint64_t crc, std::string_view bytes) {
  return run(kNvme, crc, bytes);
}

}  // namespace cloudchamber
