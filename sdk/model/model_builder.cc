#include "sdk/model/model_builder.h"

#include <array>
#include <optional>
#include <utility>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

using Kind = OrderedValue::Kind;

template <typename Value, std::size_t kSize>
using Names = std::array<std::pair<std::string_view, Value>, kSize>;

template <typename Value, std::size_t kSize>
std::optional<Value> value_named(const Names<Value, kSize>& names, std::string_view name) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

constexpr Names<ShapeType, 12> kTypes = {{{"structure", ShapeType::kStructure},
                                          {"string", ShapeType::kString},
                                          {"list", ShapeType::kList},
                                          {"integer", ShapeType::kInteger},
                                          {"boolean", ShapeType::kBoolean},
                                          {"timestamp", ShapeType::kTimestamp},
                                          {"long", ShapeType::kLong},
                                          {"map", ShapeType::kMap},
                                          {"double", ShapeType::kDouble},
                                          {"blob", ShapeType::kBlob},
                                          {"float", ShapeType::kFloat},
                                          {"character", ShapeType::kString}}};

constexpr Names<Location, 6> kLocations = {{{"header", Location::kHeader},
                                            {"headers", Location::kHeaders},
                                            {"querystring", Location::kQueryString},
                                            {"uri", Location::kUri},
                                            {"statusCode", Location::kStatusCode},
                                            {"body", Location::kBody}}};

constexpr Names<TimestampFormat, 3> kTimestampFormats = {
    {{"iso8601", TimestampFormat::kIso8601},
     {"rfc822", TimestampFormat::kRfc822},
     {"unixTimestamp", TimestampFormat::kUnix}}};

constexpr Names<Protocol, 7> kProtocols = {{{"smithy-rpc-v2-cbor", Protocol::kRpcV2Cbor},
                                            {"rpc-v2-cbor", Protocol::kRpcV2Cbor},
                                            {"json", Protocol::kJson},
                                            {"rest-json", Protocol::kRestJson},
                                            {"rest-xml", Protocol::kRestXml},
                                            {"query", Protocol::kQuery},
                                            {"ec2", Protocol::kEc2}}};

struct XmlNamespace {
  std::string uri;
  std::string prefix;
};

// Stated as a string or as {"uri": ..., "prefix": ...}.
XmlNamespace xml_namespace_in(const OrderedValue& source) {
  const OrderedValue* stated = source.find("xmlNamespace");
  if (stated == nullptr) return {};
  if (stated->kind == Kind::kString) return {stated->text, ""};
  return {stated->text_of("uri"), stated->text_of("prefix")};
}

TimestampFormat timestamp_format_in(const OrderedValue& source) {
  return value_named(kTimestampFormats, source.text_of("timestampFormat"))
      .value_or(TimestampFormat::kUnset);
}

bool has_only_no_auth(const OrderedValue& operation) {
  const OrderedValue* auth = operation.find("auth");
  return auth != nullptr && auth->items.size() == 1 &&
         auth->items.front().text == "smithy.api#noAuth";
}

OrderedValue take(OrderedValue& object, std::string_view key) {
  for (OrderedValue::Field& field : object.fields) {
    if (field.key == key) return std::move(field.value);
  }
  return {};
}

OrderedValue object_or_empty(OrderedValue value) {
  value.kind = Kind::kObject;
  return value;
}

}  // namespace

const Json& LazyJson::get() {
  std::call_once(once, [this] {
    value = source.to_json();
    source = {};
  });
  return value;
}

ModelBuilder::ModelBuilder(std::string name) : model_(new ServiceModel()) {
  model_->name = std::move(name);
}

void ModelBuilder::fail(std::string_view where, const std::string& what) const {
  throw ModelError("The model of " + model_->name + " can't be read: " + std::string(where) + ": " +
                   what);
}

std::shared_ptr<const ServiceModel> ModelBuilder::build(std::string name, OrderedValue description,
                                                        ModelExtras extras) {
  ModelBuilder builder(std::move(name));
  const OrderedValue none;
  const auto part = [&](std::string_view key) -> const OrderedValue& {
    const OrderedValue* found = description.find(key);
    if (found == nullptr) return none;
    if (found->kind != Kind::kObject) builder.fail(key, "not an object");
    return *found;
  };
  if (description.kind != Kind::kObject) builder.fail("the text", "not an object");
  builder.read_metadata(part("metadata"));
  builder.read_shapes(part("shapes"));
  builder.read_operations(part("operations"));
  builder.index_errors();

  const auto keep = [&](LazyJson& lazy, OrderedValue& extra, std::string_view key) {
    lazy.source =
        object_or_empty(extra.kind == Kind::kObject ? std::move(extra) : take(description, key));
  };
  ServiceModel::Storage& storage = *builder.model_->storage_;
  keep(storage.paginators, extras.paginators, "paginators");
  keep(storage.waiters, extras.waiters, "waiters");
  keep(storage.resources, extras.resources, "resources");
  return builder.model_;
}

void ModelBuilder::read_metadata(const OrderedValue& metadata) {
  ServiceModel& model = *model_;
  model.api_version = metadata.text_of("apiVersion");
  model.endpoint_prefix = metadata.text_of("endpointPrefix");
  model.signing_name = metadata.text_of("signingName");
  if (model.signing_name.empty()) model.signing_name = model.endpoint_prefix;
  model.service_id = metadata.text_of("serviceId");
  model.target_prefix = metadata.text_of("targetPrefix");
  model.json_version = metadata.text_of("jsonVersion");
  model.xml_namespace = metadata.text_of("xmlNamespace");
  model.global_endpoint = metadata.text_of("globalEndpoint");
  model.signature_version = metadata.text_of("signatureVersion");
  model.full_name = metadata.text_of("serviceFullName");
  model.abbreviation = metadata.text_of("serviceAbbreviation");
  model.query_compatible = metadata.find("awsQueryCompatible") != nullptr;

  std::optional<Protocol> protocol = value_named(kProtocols, metadata.text_of("protocol"));
  if (const OrderedValue* several = metadata.find("protocols")) {
    for (const OrderedValue& name : several->items) {
      if (!protocol) protocol = value_named(kProtocols, name.text);
    }
  }
  if (!protocol) fail("metadata", "unknown protocol '" + metadata.text_of("protocol") + "'");
  model.protocol = *protocol;
}

const Shape* ModelBuilder::shape_named(const std::string& shape, std::string_view where) const {
  const Shape* found = model_->find_shape(shape);
  if (found == nullptr) fail(where, "there is no shape '" + shape + "'");
  return found;
}

void ModelBuilder::read_shapes(const OrderedValue& shapes) {
  ServiceModel::Storage& storage = *model_->storage_;
  storage.shapes.resize(shapes.fields.size());
  storage.shape_by_name.reserve(shapes.fields.size());
  model_->shapes_.reserve(shapes.fields.size());
  for (std::size_t i = 0; i < shapes.fields.size(); ++i) {
    Shape& shape = storage.shapes[i];
    shape.name = shapes.fields[i].key;
    if (!storage.shape_by_name.emplace(shape.name, &shape).second) {
      fail(shape.name, "described twice");
    }
    model_->shapes_.push_back(&shape);
  }
  for (std::size_t i = 0; i < shapes.fields.size(); ++i) {
    read_shape(shapes.fields[i].value, storage.shapes[i]);
  }
  for (Shape& shape : storage.shapes) {
    for (Member& member : shape.members) {
      if (member.shape->streaming) member.streaming = true;
    }
  }
}

void ModelBuilder::read_shape(const OrderedValue& source, Shape& shape) {
  const std::string& type = source.text_of("type");
  const std::optional<ShapeType> known = value_named(kTypes, type);
  if (!known) fail(shape.name, "unknown type '" + type + "'");
  shape.type = *known;

  for (const OrderedValue::Field& field : source.fields) {
    const std::string& key = field.key;
    const OrderedValue& value = field.value;
    const bool set = value.boolean;
    if (key == "min" && value.kind == Kind::kNumber) shape.min = value.number;
    if (key == "max" && value.kind == Kind::kNumber) shape.max = value.number;
    if (key == "pattern") shape.pattern = value.text;
    if (key == "payload") shape.payload = value.text;
    if (key == "locationName") shape.location_name = value.text;
    if (key == "flattened") shape.flattened = set;
    if (key == "sensitive") shape.sensitive = set;
    if (key == "box") shape.box = set;
    if (key == "union") shape.is_union = set;
    if (key == "document") shape.document = set;
    if (key == "eventstream") shape.event_stream = set;
    if (key == "event") shape.event = set;
    if (key == "streaming") shape.streaming = set;
    if (key == "exception") shape.exception = set;
    if (key == "fault") shape.fault = set;
    if (key == "enum") {
      shape.enum_values.reserve(value.items.size());
      for (const OrderedValue& item : value.items) shape.enum_values.push_back(item.text);
    }
    if (key == "error") {
      shape.error_code = value.text_of("code");
      shape.error_status = value.int_of("httpStatusCode");
      shape.sender_fault = value.flag_of("senderFault");
      if (value.flag_of("fault")) shape.fault = true;
    }
  }
  XmlNamespace xml = xml_namespace_in(source);
  shape.xml_namespace = std::move(xml.uri);
  shape.xml_prefix = std::move(xml.prefix);
  shape.timestamp_format = timestamp_format_in(source);

  const auto part = [&](std::string_view key, Member& member) {
    const OrderedValue* stated = source.find(key);
    if (stated == nullptr) fail(shape.name, "has no '" + std::string(key) + "'");
    read_member(*stated, shape.name, member);
  };
  if (shape.type == ShapeType::kStructure) read_structure(source, shape);
  if (shape.type == ShapeType::kList) part("member", shape.element);
  if (shape.type == ShapeType::kMap) {
    part("key", shape.key);
    part("value", shape.value);
  }
}

void ModelBuilder::read_structure(const OrderedValue& source, Shape& shape) {
  if (const OrderedValue* members = source.find("members")) {
    shape.members.resize(members->fields.size());
    for (std::size_t i = 0; i < shape.members.size(); ++i) {
      Member& member = shape.members[i];
      member.name = members->fields[i].key;
      read_member(members->fields[i].value, shape.name, member);
    }
  }
  if (const OrderedValue* required = source.find("required")) {
    for (const OrderedValue& name : required->items) {
      const Member* member = shape.find(name.text);
      if (member == nullptr) fail(shape.name, "requires '" + name.text + "', not a member");
      shape.members[static_cast<std::size_t>(member - shape.members.data())].required = true;
    }
  }
  if (!shape.payload.empty() && shape.find(shape.payload) == nullptr) {
    fail(shape.name, "has the payload '" + shape.payload + "', not a member");
  }
}

void ModelBuilder::read_member(const OrderedValue& source, std::string_view where, Member& member) {
  member.shape = shape_named(source.text_of("shape"), where);
  for (const OrderedValue::Field& field : source.fields) {
    const std::string& key = field.key;
    const OrderedValue& value = field.value;
    const bool set = value.boolean;
    if (key == "shape" || key == "documentation") continue;
    if (key == "location") {
      const std::optional<Location> location = value_named(kLocations, value.text);
      if (!location) fail(where, "unknown location '" + value.text + "'");
      member.location = *location;
    }
    if (key == "locationName") member.location_name = value.text;
    if (key == "queryName") member.query_name = value.text;
    if (key == "flattened") member.flattened = set;
    if (key == "streaming") member.streaming = set;
    if (key == "xmlAttribute") member.xml_attribute = set;
    if (key == "idempotencyToken") member.idempotency_token = set;
    if (key == "hostLabel") member.host_label = set;
    if (key == "jsonvalue") member.json_value = set;
    if (key == "eventpayload") member.event_payload = set;
    if (key == "eventheader") member.event_header = set;
    if (key == "deprecated") member.deprecated = set;
    if (key == "timestampFormat") member.timestamp_format = timestamp_format_in(source);
    if (key == "xmlNamespace") {
      XmlNamespace xml = xml_namespace_in(source);
      member.xml_namespace = std::move(xml.uri);
      member.xml_prefix = std::move(xml.prefix);
    }
  }
}

void ModelBuilder::read_operations(const OrderedValue& operations) {
  ServiceModel::Storage& storage = *model_->storage_;
  storage.operations.resize(operations.fields.size());
  storage.operation_by_name.reserve(operations.fields.size());
  for (std::size_t i = 0; i < operations.fields.size(); ++i) {
    Operation& operation = storage.operations[i];
    operation.name = operations.fields[i].key;
    read_operation(operations.fields[i].value, operation);
    if (!storage.operation_by_name.emplace(operation.name, &operation).second) {
      fail(operation.name, "described twice");
    }
    model_->operations_.push_back(&operation);
  }
}

void ModelBuilder::read_operation(const OrderedValue& source, Operation& operation) {
  if (const OrderedValue* http = source.find("http")) {
    if (http->find("method") != nullptr) operation.http_method = http->text_of("method");
    if (http->find("requestUri") != nullptr) operation.request_uri = http->text_of("requestUri");
    if (const int code = http->int_of("responseCode"); code != 0) operation.response_code = code;
  }
  if (const OrderedValue* input = source.find("input")) {
    operation.input = shape_named(input->text_of("shape"), operation.name);
    operation.input_location_name = input->text_of("locationName");
    operation.input_xml_namespace = xml_namespace_in(*input).uri;
  }
  if (const OrderedValue* output = source.find("output")) {
    operation.output = shape_named(output->text_of("shape"), operation.name);
    operation.output_location_name = output->text_of("locationName");
    operation.result_wrapper = output->text_of("resultWrapper");
  }
  if (model_->protocol == Protocol::kQuery && operation.result_wrapper.empty()) {
    operation.result_wrapper = operation.name + "Result";
  }
  if (const OrderedValue* errors = source.find("errors")) {
    for (const OrderedValue& error : errors->items) {
      operation.errors.push_back(shape_named(error.text_of("shape"), operation.name));
    }
  }
  if (const OrderedValue* endpoint = source.find("endpoint")) {
    operation.endpoint_host_prefix = endpoint->text_of("hostPrefix");
  }
  operation.no_auth = source.text_of("authtype") == "none" || has_only_no_auth(source);
  operation.unsigned_payload =
      source.flag_of("unsignedPayload") || source.text_of("authtype") == "v4-unsigned-body";
  operation.idempotent = source.flag_of("idempotent");
  operation.deprecated = source.flag_of("deprecated");
  operation.checksum_required = source.flag_of("httpChecksumRequired");
  if (const OrderedValue* checksum = source.find("httpChecksum")) {
    if (checksum->flag_of("requestChecksumRequired")) operation.checksum_required = true;
    operation.checksum_algorithm_member = checksum->text_of("requestAlgorithmMember");
    operation.checksum_validation_member = checksum->text_of("requestValidationModeMember");
  }
  if (const OrderedValue* compression = source.find("requestcompression")) {
    if (const OrderedValue* encodings = compression->find("encodings")) {
      for (const OrderedValue& item : encodings->items) {
        operation.request_compression.push_back(item.text);
      }
    }
  }
}

void ModelBuilder::index_errors() {
  auto& by_code = model_->storage_->error_by_code;
  const auto each_error = [&](auto visit) {
    for (const Shape* shape : model_->shapes_) {
      if (shape->exception) visit(shape);
    }
    // Some models list as an error what they do not mark as an exception.
    for (const Operation* operation : model_->operations_) {
      for (const Shape* shape : operation->errors) visit(shape);
    }
  };
  each_error([&](const Shape* shape) { by_code.emplace(shape->error_wire_code(), shape); });
  each_error([&](const Shape* shape) { by_code.emplace(shape->name, shape); });
}

}  // namespace cloudchamber
