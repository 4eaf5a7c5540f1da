#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sdk/model/compiled_models.h"
#include "sdk/model/service_model.h"
#include "sdk/model/unpack.h"

namespace cloudchamber {
namespace {

struct Slot {
  const CompiledModel* compiled = nullptr;
  std::once_flag once;
  std::shared_ptr<const ServiceModel> model;
};

// One slot a compiled-in model. The only thing that outlives its callers: what is in it never
// changes.
std::vector<std::unique_ptr<Slot>>& slots() {
  static std::vector<std::unique_ptr<Slot>> all = [] {
    std::vector<std::unique_ptr<Slot>> made;
    for (const CompiledModel& compiled : compiled_models()) {
      made.push_back(std::make_unique<Slot>());
      made.back()->compiled = &compiled;
    }
    return made;
  }();
  return all;
}

// "sqs.query" is the model of the service sqs: clients and servers call it so.
std::string service_of(std::string_view model) {
  return std::string(model.substr(0, model.find('.')));
}

}  // namespace

std::shared_ptr<const ServiceModel> find_model(std::string_view service) {
  for (const std::unique_ptr<Slot>& slot : slots()) {
    if (slot->compiled->name != service) continue;
    std::call_once(slot->once, [&] {
      const CompiledModel& compiled = *slot->compiled;
      const std::string text =
          unpack({reinterpret_cast<const char*>(compiled.packed), compiled.packed_size},
                 compiled.size + 1);
      slot->model = ServiceModel::from_text(service_of(service), text);
    });
    return slot->model;
  }
  return nullptr;
}

const std::vector<std::string>& model_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const CompiledModel& compiled : compiled_models()) {
      if (compiled.name.find('.') == std::string_view::npos) found.emplace_back(compiled.name);
    }
    return found;
  }();
  return names;
}

}  // namespace cloudchamber
