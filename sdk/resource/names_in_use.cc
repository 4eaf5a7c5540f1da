#include "sdk/resource/names_in_use.h"

#include "cloudchamber/errors.h"
#include "sdk/model/names.h"

namespace cloudchamber {

std::string NamesInUse::take(std::string_view name, std::string_view kind) {
  std::string snake = xform_name(name);
  if (used_.insert(snake).second) return snake;
  snake += "_" + std::string(kind);
  if (!used_.insert(snake).second)
    throw ModelError("The name " + snake + " of a resource is in use twice");
  return snake;
}

}  // namespace cloudchamber
