#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/json_text.h"
#include "sdk/codec/timestamps.h"
#include "sdk/serialize/protocols.h"

namespace cloudchamber::serializing {
namespace {

void append_time(std::string& out, const Member& member, const Json& value,
                 TimestampFormat fallback) {
  const auto time = timestamp_of(value);
  if (!time) throw ParamValidationError(member.name + " is not a timestamp");
  const TimestampFormat stated = member.timestamp();
  switch (stated == TimestampFormat::kUnset ? fallback : stated) {
    case TimestampFormat::kUnix:
      return append_scalar(out, epoch_seconds(*time));
    case TimestampFormat::kRfc822:
      out += rfc822(*time);
      return;
    default:
      out += iso8601(*time);
      return;
  }
}

}  // namespace

void append_text(std::string& out, const Member& member, const Json& value, TimestampFormat times) {
  switch (member.shape->type) {
    case ShapeType::kTimestamp:
      return append_time(out, member, value, times);
    case ShapeType::kBlob:
      out += base64_encode(bytes_of(value));
      return;
    default:
      return append_scalar(out, value);
  }
}

const Json* find_value(const Json& structure, const std::string& name) {
  const auto found = structure.find(name);
  return found == structure.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace cloudchamber::serializing
