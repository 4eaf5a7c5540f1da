#include "sdk/model/endpoint_descriptions.h"

#include "sdk/model/compiled_models.h"
#include "sdk/model/unpack.h"

namespace cloudchamber {

std::optional<std::string> endpoint_description(std::string_view name) {
  for (const CompiledModel& compiled : compiled_endpoints()) {
    if (compiled.name == name)
      return unpack({reinterpret_cast<const char*>(compiled.packed), compiled.packed_size},
                    compiled.size + 1);
  }
  return std::nullopt;
}

}  // namespace cloudchamber
