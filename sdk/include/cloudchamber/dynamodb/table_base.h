// What a dynamodb::Table (cloudchamber/resources/dynamodb.h) has beyond boto3's description of it.
#pragma once

#include "cloudchamber/dynamodb/batch_writer.h"
#include "cloudchamber/resource.h"

namespace cloudchamber::dynamodb {

class TableBase : public Resource {
 public:
  // Writes many items into this table, 25 at a time: see batch_writer.h. It keeps the client and
  // the table's name, not the table.
  [[nodiscard]] BatchWriter batch_writer(const BatchWriterOptions& options = {}) const;

 protected:
  using Resource::Resource;
};

}  // namespace cloudchamber::dynamodb
