// Ids: every id, token and key that the simulated AWS makes up, from one seed: the same seed and
// calls give the same ids.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace cloudchamber::mock {

// Thread-safe.
class Ids {
 public:
  explicit Ids(std::uint64_t seed);

  [[nodiscard]] std::uint64_t number();               // 64 random bits
  [[nodiscard]] std::string hex(std::size_t digits);  // "0af3..."
  [[nodiscard]] std::string uuid();                   // version 4
  [[nodiscard]] std::string letters_and_digits(
      std::size_t count);                               // [A-Z0-9], as in access key ids
  [[nodiscard]] std::string base64(std::size_t bytes);  // of that many random bytes
  void reseed(std::uint64_t seed);
  // Where the sequence stands: Ids(ids.state()) goes on alike.
  [[nodiscard]] std::uint64_t state();

 private:
  std::mutex mutex_;
  std::uint64_t state_;
};

}  // namespace cloudchamber::mock
