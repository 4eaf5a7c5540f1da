#include "mock-server/encode/wire_details.h"

#include <array>
#include <utility>

namespace cloudchamber::mock {
namespace {

constexpr std::string_view kUtf8Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct ServiceDetails {
  std::string_view service;
  WireDetails details;
};

constexpr std::array<ServiceDetails, 6> kServices = {{
    // Recordings of 2023: every document begins so, and errors hold <Detail/>.
    {"sqs", {.xml_declaration = "<?xml version=\"1.0\"?>", .error_detail = true}},
    // The namespace ends in a slash, which the model lacks.
    {"ec2",
     {.xml_declaration = kUtf8Declaration,
      .xml_namespace = "http://ec2.amazonaws.com/doc/2016-11-15/"}},
    {"s3",
     {.xml_declaration = kUtf8Declaration,
      .xml_namespace = "http://s3.amazonaws.com/doc/2006-03-01/"}},
    // Recordings of 2025; no other JSON service of ours sends it.
    {"dynamodb", {.crc32 = true}},
    {"dynamodbstreams", {.crc32 = true}},
    // Recordings of 2017 to 2026: iam, sts, cloudformation and sns send no declaration.
    {"", {}},
}};

// The root elements of S3's answers, from the response syntax in its API reference,
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html. (The Smithy model states
// them as xmlName of the output; botocore's leaves them out.) A payload has its shape's name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> kS3Roots = {{
    {"CompleteMultipartUpload", "CompleteMultipartUploadResult"},
    {"CreateMultipartUpload", "InitiateMultipartUploadResult"},
    {"CreateSession", "CreateSessionResult"},
    {"DeleteObjects", "DeleteResult"},
    {"GetBucketAccelerateConfiguration", "AccelerateConfiguration"},
    {"GetBucketAcl", "AccessControlPolicy"},
    {"GetBucketCors", "CORSConfiguration"},
    {"GetBucketLifecycle", "LifecycleConfiguration"},
    {"GetBucketLifecycleConfiguration", "LifecycleConfiguration"},
    {"GetBucketLocation", "LocationConstraint"},
    {"GetBucketLogging", "BucketLoggingStatus"},
    {"GetBucketNotification", "NotificationConfiguration"},
    {"GetBucketNotificationConfiguration", "NotificationConfiguration"},
    {"GetBucketRequestPayment", "RequestPaymentConfiguration"},
    {"GetBucketTagging", "Tagging"},
    {"GetBucketVersioning", "VersioningConfiguration"},
    {"GetBucketWebsite", "WebsiteConfiguration"},
    {"GetObjectAcl", "AccessControlPolicy"},
    {"GetObjectAttributes", "GetObjectAttributesResponse"},
    {"GetObjectTagging", "Tagging"},
    {"ListBucketAnalyticsConfigurations", "ListBucketAnalyticsConfigurationResult"},
    {"ListBucketIntelligentTieringConfigurations",
     "ListBucketIntelligentTieringConfigurationsOutput"},
    {"ListBucketInventoryConfigurations", "ListInventoryConfigurationsResult"},
    {"ListBucketMetricsConfigurations", "ListMetricsConfigurationsResult"},
    {"ListBuckets", "ListAllMyBucketsResult"},
    {"ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"},
    {"ListMultipartUploads", "ListMultipartUploadsResult"},
    {"ListObjectVersions", "ListVersionsResult"},
    {"ListObjects", "ListBucketResult"},
    {"ListObjectsV2", "ListBucketResult"},
    {"ListParts", "ListPartsResult"},
    {"GetObjectLegalHold", "LegalHold"},
    {"GetObjectRetention", "Retention"},
}};

// "sqs" of "sqs.query".
std::string_view service_of(const ServiceModel& service) {
  const std::string_view name = service.name;
  return name.substr(0, name.find('.'));
}

}  // namespace

const WireDetails& wire_details(const ServiceModel& service) {
  const std::string_view name = service_of(service);
  for (const ServiceDetails& known : kServices) {
    if (known.service == name) return known.details;
  }
  return kServices.back().details;
}

bool is_s3_like(const ServiceModel& service) {
  return service.protocol == Protocol::kRestXml && service.signature_version.substr(0, 2) == "s3";
}

std::string_view output_root(const ServiceModel& service, const Operation& operation) {
  if (service_of(service) != "s3") return {};
  for (const auto& [name, root] : kS3Roots) {
    if (name == operation.name) return root;
  }
  return {};
}

bool answers_return(const ServiceModel& service, const Operation& operation) {
  if (service_of(service) != "ec2") return false;
  // Recordings of 2014 and 2015, and the examples of the EC2 API Reference: whatever has nothing
  // else to say, and these.
  return operation.output == nullptr || operation.name == "AssociateAddress" ||
         operation.name == "CreateSecurityGroup";
}

bool has_unwrapped_output(const ServiceModel& service, const Operation& operation) {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
  return operation.name == "GetBucketLocation" && service_of(service) == "s3";
}

}  // namespace cloudchamber::mock
