// ServiceModel: everything an AWS service description says, as values to be interpreted:
// operations, shapes, errors, wire locations, and as JSON the paginators, waiters and resources.
//
// Immutable after loading and safe to read from any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"
#include "sdk/model/shape.h"

namespace cloudchamber {

enum class Protocol { kQuery, kEc2, kJson, kRestJson, kRestXml, kRpcV2Cbor };

struct Operation {
  std::string name;
  std::string http_method = "POST";
  std::string request_uri = "/";  // the template: "/{Bucket}/{Key+}?uploads"
  int response_code = 200;

  const Shape* input = nullptr;     // null when the operation takes nothing
  std::string input_location_name;  // rest-xml: the root element's name
  std::string input_xml_namespace;
  const Shape* output = nullptr;  // null when it gives nothing
  std::string output_location_name;
  std::string result_wrapper;  // query: output.resultWrapper, else operation name + "Result"
  std::vector<const Shape*> errors;

  std::string endpoint_host_prefix;  // endpoint.hostPrefix, may hold {Label}
  bool no_auth = false;              // authtype none
  bool unsigned_payload = false;
  bool idempotent = false;
  bool deprecated = false;
  bool checksum_required = false;  // httpChecksum.requestChecksumRequired or httpChecksumRequired
  std::string checksum_algorithm_member;         // httpChecksum.requestAlgorithmMember
  std::string checksum_validation_member;        // httpChecksum.requestValidationModeMember
  std::vector<std::string> request_compression;  // requestcompression.encodings
  // What the operation states for the endpoint rules: {"DisableAccessPoints", true}.
  std::vector<std::pair<std::string, bool>> endpoint_flags;
  // And what it finds for them in its input, by JMESPath: {"ResourceArnList",
  // "keys(RequestItems)"}.
  std::vector<std::pair<std::string, std::string>> endpoint_paths;

  // The output's (input's) member that carries the body as it is: a blob or string named by
  // `payload`. Null when none.
  [[nodiscard]] const Member* streaming_output() const;
  [[nodiscard]] const Member* streaming_input() const;
};

class ServiceModel {
 public:
  // Builds a model from the content of botocore's service-2.json, given as text since the order of
  // members counts. `name` is the service's name in clients, such as "s3". Throws ModelError naming
  // service, shape and what is wrong.
  [[nodiscard]] static std::shared_ptr<const ServiceModel> from_text(std::string name,
                                                                     std::string_view service_json);

  ServiceModel(const ServiceModel&) = delete;
  ServiceModel& operator=(const ServiceModel&) = delete;
  ~ServiceModel();

  std::string name;             // "s3"
  std::string api_version;      // "2006-03-01"
  std::string endpoint_prefix;  // "s3"
  std::string signing_name;     // signingName, else endpoint_prefix
  std::string service_id;       // "S3"
  std::string target_prefix;    // json: "DynamoDB_20120810"
  std::string json_version;     // json: "1.0"
  std::string xml_namespace;
  std::string global_endpoint;  // "iam.amazonaws.com", "" when regional
  std::string signature_version;
  std::string full_name;  // "Amazon Simple Queue Service"
  std::string abbreviation;
  Protocol protocol = Protocol::kJson;
  bool query_compatible = false;  // awsQueryCompatible
  // Of a model that was loaded from a directory: its endpoint-rule-set-1.json. The compiled-in ones
  // have theirs apart (endpoint_descriptions.h).
  std::string endpoint_rules;

  // The operation of that name, else null.
  [[nodiscard]] const Operation* find_operation(std::string_view operation) const;
  // In the order of the model, which is alphabetical.
  [[nodiscard]] const std::vector<const Operation*>& operations() const { return operations_; }
  // The shape of that name, else null.
  [[nodiscard]] const Shape* find_shape(std::string_view shape) const;
  [[nodiscard]] const std::vector<const Shape*>& shapes() const { return shapes_; }
  // The exception with this wire code or shape name among all of the service, else null.
  [[nodiscard]] const Shape* find_error(std::string_view code) const;

  // botocore's paginators-1.json "pagination", waiters-2.json "waiters", boto3's resources-1.json;
  // empty objects when the service has none. Parsed at first use, thread-safely.
  [[nodiscard]] const Json& paginators() const;
  [[nodiscard]] const Json& waiters() const;
  [[nodiscard]] const Json& resources() const;

 private:
  friend class ModelBuilder;
  ServiceModel();
  struct Storage;
  std::unique_ptr<Storage> storage_;
  std::vector<const Operation*> operations_;
  std::vector<const Shape*> shapes_;
};

// The compiled-in model of a service by its client name: ec2, s3, iam, cloudformation, dynamodb,
// dynamodbstreams, sqs, sts; and "sqs.query", the form in which SQS spoke the query protocol until
// 2023. Loaded at first use and kept for the life of the process (it never changes). Null when
// there is none. Thread-safe.
[[nodiscard]] std::shared_ptr<const ServiceModel> find_model(std::string_view service);

// The names that find_model knows, in alphabetical order, without "sqs.query".
[[nodiscard]] const std::vector<std::string>& model_names();

// Any service from a botocore data directory, e.g.
// load_model("/usr/lib/python3/dist-packages/botocore/data", "sns"), of the given or the newest API
// version; .json and .json.gz are read. Resources are taken from a boto3 data directory, the given
// one or the one installed beside botocore; without it the model has none. Throws ModelError.
[[nodiscard]] std::shared_ptr<const ServiceModel> load_model(
    const std::filesystem::path& data_directory, std::string_view service,
    std::string_view api_version = "", const std::filesystem::path& boto3_directory = {});

}  // namespace cloudchamber
