#include "mock-server/state/ids.h"

#include "sdk/codec/base64.h"

namespace cloudchamber::mock {

Ids::Ids(std::uint64_t seed) : state_(seed) {}

// SplitMix64: every seed, 0 too, gives a full-period sequence.
std::uint64_t Ids::number() {
  const std::lock_guard lock(mutex_);
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::string Ids::hex(std::size_t digits) {
  std::string text;
  text.reserve(digits);
  while (text.size() < digits) {
    std::uint64_t bits = number();
    for (int i = 0; i < 16 && text.size() < digits; ++i, bits >>= 4U)
      text += "0123456789abcdef"[bits & 15U];
  }
  return text;
}

std::string Ids::uuid() {
  std::string digits = hex(32);
  digits[12] = '4';
  digits[16] = "89ab"[number() & 3U];
  return digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
         digits.substr(16, 4) + '-' + digits.substr(20);
}

std::string Ids::letters_and_digits(std::size_t count) {
  std::string text;
  text.reserve(count);
  while (text.size() < count) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[number() % 36];
  return text;
}

std::string Ids::base64(std::size_t bytes) {
  std::string random;
  random.reserve(bytes + 8);
  while (random.size() < bytes) {
    std::uint64_t bits = number();
    for (int i = 0; i < 8; ++i, bits >>= 8U)
      random += static_cast<char>(static_cast<unsigned char>(bits & 255U));
  }
  random.resize(bytes);
  return base64_encode(random);
}

void Ids::reseed(std::uint64_t seed) {
  const std::lock_guard lock(mutex_);
  state_ = seed;
}

std::uint64_t Ids::state() {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace cloudchamber::mock
