// The fuzz targets: functions that take any bytes and must come back, whatever these are. What they
// find wrong they report by abort().
#pragma once

#include <string_view>

// One name a file of targets/.
#define CHAMBER_FUZZ_TARGETS(X) \
  X(aws_chunked)                \
  X(cbor)                       \
  X(cloudformation_templates)   \
  X(dynamodb_expressions)       \
  X(ec2)                        \
  X(import_go_cloud)            \
  X(import_go_vcr)              \
  X(import_har)                 \
  X(import_har_part)            \
  X(import_pair)                \
  X(import_placebo)             \
  X(import_ruby_vcr)            \
  X(import_smithy)              \
  X(import_snapshot)            \
  X(import_vcrpy)               \
  X(jmespath)                   \
  X(json)                       \
  X(partiql)                    \
  X(query)                      \
  X(recordings)                 \
  X(rest_json)                  \
  X(rest_xml)                   \
  X(signature)                  \
  X(uri)                        \
  X(xml)

namespace cloudchamber::fuzz {

#define CHAMBER_DECLARE(name) void fuzz_##name(std::string_view input);
CHAMBER_FUZZ_TARGETS(CHAMBER_DECLARE)
#undef CHAMBER_DECLARE

}  // namespace cloudchamber::fuzz
