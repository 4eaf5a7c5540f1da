#include "mock-server/services/cloudformation/resource_types/registry.h"

#include <algorithm>
#include <array>
#include <map>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/resource_types/types.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using Types = std::map<std::string_view, ResourceType>;

// What is emulated, on one screen.
Types make_types() {
  Types types;
  for (ResourceType& type : std::vector{
           cdk_metadata(),
           cloudformation_stack(),
           cloudformation_wait_condition(),
           cloudformation_wait_condition_handle(),
           dynamodb_table(),
           ec2_eip(),
           ec2_instance(),
           ec2_internet_gateway(),
           ec2_key_pair(),
           ec2_launch_template(),
           ec2_route(),
           ec2_route_table(),
           ec2_security_group(),
           ec2_security_group_egress(),
           ec2_security_group_ingress(),
           ec2_subnet(),
           ec2_subnet_route_table_association(),
           ec2_volume(),
           ec2_vpc(),
           ec2_vpc_gateway_attachment(),
           iam_access_key(),
           iam_group(),
           iam_instance_profile(),
           iam_managed_policy(),
           iam_policy(),
           iam_role(),
           iam_user(),
           s3_bucket(),
           s3_bucket_policy(),
           sqs_queue(),
           sqs_queue_policy(),
       }) {
    const std::string_view name = type.name;
    types.emplace(name, std::move(type));
  }
  return types;
}

// The services of AWS that have resource types, as far as templates in the wild name them:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
constexpr std::string_view kServices =
    " AccessAnalyzer ACMPCA AmazonMQ Amplify ApiGateway ApiGatewayV2 AppAutoScaling AppConfig "
    "AppMesh AppRunner AppSync ApplicationAutoScaling Athena AutoScaling AutoScalingPlans Backup "
    "Batch Bedrock Budgets CE Cassandra CertificateManager Chatbot Cloud9 CloudFormation "
    "CloudFront CloudTrail CloudWatch CodeArtifact CodeBuild CodeCommit CodeDeploy CodePipeline "
    "CodeStarConnections Cognito Config Connect DAX DLM DMS DataSync Detective DirectoryService "
    "DocDB DynamoDB EC2 ECR ECS EFS EKS EMR EMRServerless ElastiCache ElasticBeanstalk "
    "ElasticLoadBalancing ElasticLoadBalancingV2 Elasticsearch EventSchemas Events FIS FSx "
    "GameLift "
    "GlobalAccelerator Glue Greengrass GuardDuty IAM ImageBuilder Inspector IoT KMS Kendra Kinesis "
    "KinesisAnalytics KinesisAnalyticsV2 KinesisFirehose LakeFormation Lambda Lex Lightsail "
    "Location "
    "Logs MSK MWAA Macie MediaConvert MediaLive MemoryDB Neptune NetworkFirewall NetworkManager "
    "OpenSearchServerless OpenSearchService Organizations Pinpoint Pipes QuickSight RAM RDS "
    "Redshift "
    "RedshiftServerless ResourceGroups Route53 Route53Resolver S3 S3Express S3ObjectLambda "
    "S3Outposts "
    "SDB SES SNS SQS SSM SSO SageMaker Scheduler SecretsManager SecurityHub ServiceCatalog "
    "ServiceDiscovery Signer StepFunctions Synthetics Timestream Transfer VpcLattice WAF "
    "WAFRegional "
    "WAFv2 WorkSpaces XRay ";

bool is_of_aws(std::string_view type) {
  if (type.starts_with("Custom::") && type.size() > 8) return true;
  if (!type.starts_with("AWS::")) return false;
  const std::string_view rest = type.substr(5);
  const std::size_t colons = rest.find("::");
  if (colons == std::string_view::npos || colons + 2 >= rest.size()) return false;
  const std::string service = " " + std::string(rest.substr(0, colons)) + " ";
  return kServices.find(service) != std::string_view::npos;
}

}  // namespace

const ResourceType* find_type(std::string_view name) {
  static const Types kTypes = make_types();
  const auto found = kTypes.find(name);
  return found == kTypes.end() ? nullptr : &found->second;
}

void check_types_are_known(const std::vector<std::string>& types) {
  std::vector<std::string> unknown;
  for (const std::string& type : types) {
    if (find_type(type) == nullptr && !is_of_aws(type)) unknown.push_back(type);
  }
  if (!unknown.empty())
    throw template_format_error("Unrecognized resource types: " + listed(unknown));
}

void check_types_are_emulated(const std::vector<std::string>& types) {
  check_types_are_known(types);
  for (const std::string& type : types) {
    if (find_type(type) == nullptr) throw not_implemented("The resource type " + type);
  }
}

}  // namespace cloudchamber::mock::cloudformation
