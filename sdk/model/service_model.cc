#include "sdk/model/service_model.h"

#include "cloudchamber/errors.h"
#include "sdk/model/model_builder.h"

namespace cloudchamber {
namespace {

template <typename Map>
typename Map::mapped_type found(const Map& map, std::string_view key) {
  const auto entry = map.find(key);
  return entry == map.end() ? nullptr : entry->second;
}

const Member* streaming_member(const Shape* shape) {
  if (shape == nullptr || shape->payload.empty()) return nullptr;
  const Member* payload = shape->find(shape->payload);
  const bool raw =
      payload->shape->type == ShapeType::kBlob || payload->shape->type == ShapeType::kString;
  return raw ? payload : nullptr;
}

}  // namespace

const Member* Operation::streaming_output() const { return streaming_member(output); }
const Member* Operation::streaming_input() const { return streaming_member(input); }

ServiceModel::ServiceModel() : storage_(std::make_unique<Storage>()) {}
ServiceModel::~ServiceModel() = default;

std::shared_ptr<const ServiceModel> ServiceModel::from_text(std::string name,
                                                            std::string_view service_json) {
  OrderedValue description;
  try {
    description = parse_ordered(service_json);
  } catch (const ModelError& error) {
    throw ModelError("The model of " + name + " can't be read: " + error.what());
  }
  return ModelBuilder::build(std::move(name), std::move(description));
}

const Operation* ServiceModel::find_operation(std::string_view operation) const {
  return found(storage_->operation_by_name, operation);
}

const Shape* ServiceModel::find_shape(std::string_view shape) const {
  return found(storage_->shape_by_name, shape);
}

const Shape* ServiceModel::find_error(std::string_view code) const {
  return found(storage_->error_by_code, code);
}

const Json& ServiceModel::paginators() const { return storage_->paginators.get(); }
const Json& ServiceModel::waiters() const { return storage_->waiters.get(); }
const Json& ServiceModel::resources() const { return storage_->resources.get(); }

}  // namespace cloudchamber
