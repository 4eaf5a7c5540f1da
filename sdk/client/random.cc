#include "sdk/client/random.h"

#include <array>
#include <memory>
#include <mutex>
#include <random>

namespace cloudchamber {

RandomSource system_random() {
  struct Generator {
    std::mutex mutex;
    std::mt19937_64 engine;
  };
  auto generator = std::make_shared<Generator>();
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(), device(), device()};
  generator->engine.seed(seed);
  return [generator] {
    const std::lock_guard lock(generator->mutex);
    return static_cast<std::uint64_t>(generator->engine());
  };
}

std::string make_uuid(const RandomSource& random) {
  constexpr char kDigits[] = "0123456789abcdef";
  const std::array<std::uint64_t, 2> bits = {
      (random() & ~std::uint64_t{0xF000}) | 0x4000,                     // version 4
      (random() & 0x3FFF'FFFF'FFFF'FFFF) | (std::uint64_t{1} << 63U)};  // variant 10
  std::string text;
  text.reserve(36);
  for (unsigned digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text.push_back('-');
    text.push_back(kDigits[(bits[digit / 16] >> (60U - 4U * (digit % 16U))) & 0xFU]);
  }
  return text;
}

double unit_interval(const RandomSource& random) {
  return static_cast<double>(random() >> 11U) * 0x1.0p-53;
}

}  // namespace cloudchamber
