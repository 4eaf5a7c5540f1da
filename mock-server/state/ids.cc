#include "mock-server/state/ids.h"

#include <utility>

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
  return edited(std::move(text));
}

std::string Ids::uuid() {
  std::string digits;
  for (int i = 0; i < 2; ++i) {
    std::uint64_t bits = number();
    for (int j = 0; j < 16; ++j, bits >>= 4U) digits += "0123456789abcdef"[bits & 15U];
  }
  digits[12] = '4';
  digits[16] = "89ab"[number() & 3U];
  return edited(digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
                digits.substr(16, 4) + '-' + digits.substr(20));
}

std::string Ids::letters_and_digits(std::size_t count) {
  return text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count);
}

std::string Ids::text(std::string_view alphabet, std::size_t count) {
  std::string drawn;
  drawn.reserve(count);
  while (drawn.size() < count) drawn += alphabet[number() % alphabet.size()];
  return edited(std::move(drawn));
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
  return edited(base64_encode(random));
}

void Ids::edit_with(Editor editor) {
  const std::lock_guard lock(mutex_);
  editor_ = std::move(editor);
}

// The editor may draw itself, so it is called without the lock.
std::string Ids::edited(std::string drawn) {
  Editor editor;
  {
    const std::lock_guard lock(mutex_);
    if (!editor_) return drawn;
    editor = editor_;
  }
  return editor(std::move(drawn));
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
