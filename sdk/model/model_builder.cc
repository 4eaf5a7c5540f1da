#include "sdk/model/model_builder.h"

#include <optional>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/model/vocabulary.h"

namespace cloudchamber {
namespace {

using Kind = OrderedValue::Kind;

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
  builder.model_->endpoint_rules = std::move(extras.endpoint_rules);
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
  read_endpoint_context(source, operation);
  if (const OrderedValue* compression = source.find("requestcompression")) {
    if (const OrderedValue* encodings = compression->find("encodings")) {
      for (const OrderedValue& item : encodings->items) {
        operation.request_compression.push_back(item.text);
      }
    }
  }
}

// Of the static ones all that are known to be stated are booleans.
void ModelBuilder::read_endpoint_context(const OrderedValue& source, Operation& operation) {
  if (const OrderedValue* stated = source.find("staticContextParams")) {
    for (const OrderedValue::Field& parameter : stated->fields)
      operation.endpoint_flags.emplace_back(parameter.key, parameter.value.flag_of("value"));
  }
  if (const OrderedValue* found = source.find("operationContextParams")) {
    for (const OrderedValue::Field& parameter : found->fields)
      operation.endpoint_paths.emplace_back(parameter.key, parameter.value.text_of("path"));
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
