// Ids: every id, token and key that the simulated AWS makes up, from one seed: the same seed and
// calls give the same ids.
#pragma once

#include <cstdint>
#include <functional>
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
  // That many characters of `alphabet`.
  [[nodiscard]] std::string text(std::string_view alphabet, std::size_t count);

  // From now on each text that is drawn is given as the editor returns it; none ends that. For who
  // re-enacts what happened elsewhere and knows the ids that were drawn there. The editor is called
  // by the threads that draw.
  using Editor = std::function<std::string(std::string drawn)>;
  void edit_with(Editor editor);

  void reseed(std::uint64_t seed);
  // Where the sequence stands: Ids(ids.state()) goes on alike.
  [[nodiscard]] std::uint64_t state();

 private:
  [[nodiscard]] std::string edited(std::string drawn);

  std::mutex mutex_;
  std::uint64_t state_;
  Editor editor_;
};

}  // namespace cloudchamber::mock
