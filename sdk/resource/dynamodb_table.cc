#include <nlohmann/json.hpp>

#include "cloudchamber/dynamodb/table_base.h"

namespace cloudchamber::dynamodb {

BatchWriter TableBase::batch_writer(const BatchWriterOptions& options) const {
  return BatchWriter(identifier("Name").get<std::string>(), meta().client(), options);
}

}  // namespace cloudchamber::dynamodb
