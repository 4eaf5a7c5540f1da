#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cloudchamber::fuzz::CHAMBER_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
