// The six protocols, each in the file of its name, and what they share. Internal to this folder.
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::serializing {

// What one call is made of, handed from file to file.
struct Call {
  const ServiceModel& service;
  const Operation& operation;
  const Json& parameters;
  const Blob* stream;  // null when the caller gave none
};

void query(const Call& call, HttpRequest& request);
void ec2(const Call& call, HttpRequest& request);
void json(const Call& call, HttpRequest& request);
void rest_json(const Call& call, HttpRequest& request);
void rest_xml(const Call& call, HttpRequest& request);
void cbor(const Call& call, HttpRequest& request);

// Appends a scalar as plain text: numbers and booleans as they are, blobs as base64, times in the
// member's format, else in `times`. Throws ParamValidationError for a time that is none.
void append_text(std::string& out, const Member& member, const Json& value, TimestampFormat times);

// The value of a structure's member, null where it is absent or null.
[[nodiscard]] const Json* find_value(const Json& structure, const std::string& name);

// Appends a value as JSON text in its shape.
void append_json_value(std::string& out, const Member& member, const Json& value);
// Appends those members of a structure that stand in the body.
void append_json_structure(std::string& out, const Shape& shape, const Json& value);

}  // namespace cloudchamber::serializing
