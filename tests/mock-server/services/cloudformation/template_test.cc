// What a template may be: parsed, checked and evaluated; through the operations that take one.
#include "tests/mock-server/services/cloudformation/cloudformation_fixture.h"

namespace cloudchamber::mock::cloudformation {
namespace {

using ValidateTemplate = CloudFormationFixture;
using GetTemplateSummary = CloudFormationFixture;
using Functions = CloudFormationFixture;
using Parameters = CloudFormationFixture;
using Templates = CloudFormationFixture;

const std::string kHandle = "Resources: {H: {Type: AWS::CloudFormation::WaitConditionHandle}}\n";

TEST_F(ValidateTemplate, TellsOfParametersAndCapabilities) {
  const Json got = cfn("ValidateTemplate", {{"TemplateBody", R"(
Description: d
Parameters:
  A: {Type: String, Default: 5, Description: about}
  B: {Type: String, NoEcho: true}
Resources: {Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}}
)"}});
  EXPECT_EQ(got["Description"], "d");
  EXPECT_EQ(got["Parameters"][0], Json({{"ParameterKey", "A"},
                                        {"DefaultValue", "5"},
                                        {"Description", "about"},
                                        {"NoEcho", false}}));
  EXPECT_EQ(got["Parameters"][1], Json({{"ParameterKey", "B"}, {"NoEcho", true}}));
  EXPECT_EQ(got["Capabilities"], Json({"CAPABILITY_IAM"}));
}

// Texts from LocalStack's recordings of AWS where these have them.
TEST_F(ValidateTemplate, RefusesWhatIsNoTemplate) {
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "[";
  const struct {
    std::string body;
    std::string message;
  } rows[] = {
      {R"({"this is invalid JSON"="bobbins"})",
       "Template format error: JSON not well-formed. (line 1, column 25)"},
      {"a: [", "Template format error: YAML not well-formed. (line 1, column 1)"},
      {"https://example.com/template", "Template format error: unsupported structure."},
      {"[]", "Template format error: unsupported structure."},
      {"5", "Template format error: unsupported structure."},
      {"{}", "Template format error: At least one Resources member must be defined."},
      {"{\"Resources\": " + deep, "Template format error: unsupported structure."},
      {"Resources: " + deep, "Template format error: unsupported structure."},
      {"Resources: &a {A: {Type: AWS::SQS::Queue}}\nOutputs: *a",
       "Template error: YAML aliases are not allowed in CloudFormation templates"},
      {kHandle + "Nonsense: 1", "Invalid template property or properties [Nonsense]"},
      {kHandle + "AWSTemplateFormatVersion: 2011-01-01",
       "Template format error: unsupported value for AWSTemplateFormatVersion."},
      {kHandle + "Description: " + std::string(1025, 'x'),
       "Template format error: 'Description' length is greater than 1024."},
      {"Resources: {A: 5}", "Template format error: Any Resources member must be an object."},
      {"Resources: {A: {Properties: {}}}",
       "Template format error: [/Resources/A] Every Resources object must contain a Type member."},
      {"Resources: {my-queue: {Type: AWS::SQS::Queue}}",
       "Template format error: Resource name my-queue is non alphanumeric."},
      {"Resources: {A: {Type: AWS::SQS::Queue, Invalid: 10}}",
       "Invalid template resource property 'Invalid'"},
      {"Resources: {A: {Type: AWS::SQS::Nonsense2, DeletionPolicy: Sometimes}}",
       "Template format error: Unrecognized DeletionPolicy Sometimes for resource A"},
      {"Resources: {A: {Type: AWS::Nonsense::Thing}}",
       "Template format error: Unrecognized resource types: [AWS::Nonsense::Thing]"},
      {kHandle + "Parameters: {\"AWS::NoValue\": {Type: String}}",
       "Template format error: Parameter name AWS::NoValue is non alphanumeric."},
      {kHandle + "Parameters: {A: {Default: 1}}",
       "Template format error: Every Parameters object must contain a Type member."},
      {kHandle + "Parameters: {A: {Type: Text}}",
       "Template format error: Unrecognized parameter type: Text"},
      {kHandle + "Mappings: {A: b}",
       "Template format error: Every Mappings member A must be a map"},
      {kHandle + "Mappings: {A: {B: {C: {D: e}}}}",
       "Template format error: Every Mappings attribute must be a String or a List."},
      {kHandle + "Outputs: {A: {}}",
       "Template format error: Every Outputs member must contain a Value object"},
      {kHandle + "Outputs: {A: {Value: null}}",
       "[/Outputs/A/Value] 'null' values are not allowed in templates"},
      {kHandle + "Outputs: {A: {Value: !Ref Nobody}}",
       "Template format error: Unresolved resource dependencies [Nobody] in the Outputs block of "
       "the template"},
      {kHandle + "Outputs: {A: {Value: !GetAtt Nobody.Arn}}",
       "Template error: instance of Fn::GetAtt references undefined resource Nobody"},
      {"Resources: {A: {Type: AWS::SQS::Queue, DependsOn: B}}",
       "Template format error: Unresolved resource dependencies [B] in the Resources block of the "
       "template"},
      {"Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '${B}'}}}",
       "Template format error: Unresolved resource dependencies [B] in the Resources block of the "
       "template"},
      {"Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [C, a, b]}}}",
       "Template error: unresolved condition dependency C in Fn::If"},
      {"Resources: {A: {Type: AWS::SQS::Queue}}\nOutputs: {X: {Value: !GetAtt A.Nothing}}",
       "Template error: resource A does not support attribute type Nothing in Fn::GetAtt"},
      {kHandle + "Transform: Mine", "No transform named Mine found."},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(cfn_error("ValidateTemplate", {{"TemplateBody", row.body}}),
              "ValidationError: " + row.message)
        << row.body.substr(0, 200);
  }
  EXPECT_EQ(cfn_error("ValidateTemplate", Json::object()),
            "ValidationError: Either Template URL or Template Body must be specified.");
}

TEST_F(ValidateTemplate, BoundsTheBodyAt51200Bytes) {
  const auto body = [](std::size_t size) {
    std::string text = kHandle + "Metadata: {A: ";
    return text + std::string(size - text.size() - 1, 'x') + "}";
  };
  EXPECT_EQ(cfn_error("ValidateTemplate", {{"TemplateBody", body(51'200)}}), "succeeded");
  EXPECT_TRUE(cfn_error("ValidateTemplate", {{"TemplateBody", body(51'201)}})
                  .ends_with("Member must have length less than or equal to 51200"));
}

TEST_F(ValidateTemplate, TakesTypesThatAwsHasAndWeDoNot) {
  const std::string body = "Resources: {A: {Type: AWS::SNS::Topic}}";
  EXPECT_EQ(cfn_error("ValidateTemplate", {{"TemplateBody", body}}), "succeeded");
  EXPECT_EQ(create_error(body),
            "NotImplemented: The resource type AWS::SNS::Topic is not emulated by Cloud Chamber");
}

TEST_F(GetTemplateSummary, TellsOfTypesAndIdentifiers) {
  const Json got = cfn("GetTemplateSummary", {{"TemplateBody", R"(
Metadata: {a: b}
Parameters: {P: {Type: Number, AllowedValues: [1, 2]}}
Resources: {A: {Type: AWS::SQS::Queue}, B: {Type: AWS::SQS::Queue}})"}});
  EXPECT_EQ(got["ResourceTypes"], Json({"AWS::SQS::Queue"}));
  EXPECT_EQ(got["Version"], "2010-09-09");
  EXPECT_EQ(got["Metadata"], R"({"a":"b"})");
  EXPECT_EQ(got["Parameters"][0]["ParameterConstraints"]["AllowedValues"], Json({"1", "2"}));
  EXPECT_EQ(got["ResourceIdentifierSummaries"], Json({{{"ResourceType", "AWS::SQS::Queue"},
                                                       {"LogicalResourceIds", {"A", "B"}},
                                                       {"ResourceIdentifiers", {"QueueUrl"}}}}));
  EXPECT_EQ(cfn_error("GetTemplateSummary", {{"StackName", "nobody"}}),
            "ValidationError: Stack with id nobody does not exist");
}

TEST_F(Functions, GiveWhatAwsDocuments) {
  head_ = R"(
Parameters: {List: {Type: CommaDelimitedList, Default: "a, b,c"}, Text: {Type: String, Default: t}}
Mappings: {Sizes: {eu: {big: 5, many: [x, y]}}}
Conditions:
  Yes: !Equals [!Ref Text, t]
  No: !Not [!Condition Yes]
  Both: !And [!Condition Yes, !Condition No]
  Either: !Or [!Condition Yes, !Condition No]
)";
  const struct {
    std::string expression;
    std::string value;
  } rows[] = {
      {"!Ref Text", "t"},
      {"!Ref AWS::Region", "us-east-1"},
      {"!Ref AWS::AccountId", "123456789012"},
      {"!Ref AWS::Partition", "aws"},
      {"!Ref AWS::URLSuffix", "amazonaws.com"},
      {"!Join ['-', [a, !Ref Text, 5, true]]", "a-t-5-true"},
      {"!Join ['', !Ref List]", "abc"},
      {"!Select [1, !Ref List]", "b"},
      {"!Select ['2', [a, b, c]]", "c"},
      {"!Join ['+', !Split [',', 'a,b,,c']]", "a+b++c"},
      {"!Sub 'x${Text}-${!Text}-${AWS::Region}'", "xt-${Text}-us-east-1"},
      {"!Sub ['${a}${Text}', {a: !Select [0, !Ref List]}]", "at"},
      {"!FindInMap [Sizes, eu, big]", "5"},
      {"!Select [1, !FindInMap [Sizes, eu, many]]", "y"},
      {"!If [Yes, y, n]", "y"},
      {"!If [No, y, n]", "n"},
      {"!If [Both, y, n]", "n"},
      {"!If [Either, y, n]", "y"},
      {"!Base64 hello", "aGVsbG8="},
      {"!Join [',', !Cidr [10.0.0.0/16, 3, 8]]", "10.0.0.0/24,10.0.1.0/24,10.0.2.0/24"},
      {"!Select [1, !Cidr ['2001:db8::/56', 2, 64]]", "2001:db8:0:1::/64"},
      {"!Select [0, !GetAZs '']", "us-east-1a"},
      {"{'Fn::Join': ['', ['long', ' form']]}", "long form"},
  };
  for (const auto& row : rows) EXPECT_EQ(output(row.expression), row.value) << row.expression;
}

// As templates have them in user data: a function in a list with a text of several lines.
TEST_F(Functions, TakeTextsOfSeveralLines) {
  create("lines", kHandle + R"(
Outputs:
  X:
    Value: !Join
    - ''
    - - !Sub |
        a ${AWS::Region}
        b
      - !Sub c
        d
)");
  EXPECT_EQ(outputs("lines")["X"], "a us-east-1\nb\nc d");
}

TEST_F(Functions, AreRefusedInAwssWords) {
  const std::string head = kHandle + "Mappings: {M: {a: {b: c}}}\n";
  const struct {
    std::string expression;
    std::string message;
  } rows[] = {
      {"!Select [x, [a]]",
       "Template error: Fn::Select requires a list argument with two elements: an integer index "
       "and a list"},
      {"!Select [1, [a]]", "Template error: Fn::Select cannot select nonexistent value at index 1"},
      {"!FindInMap [M, a, x]", "Template error: Unable to get mapping for M::a::x"},
      {"!FindInMap [N, a, x]",
       "Template error: Mapping named 'N' is not present in the 'Mappings' section of template."},
      {"!Split [',']",
       "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and "
       "(2) a string to be split or a function that returns a string to be split."},
      {"!Sub '${a b}'",
       "Template error: variable names in Fn::Sub syntax must contain only alphanumeric "
       "characters, underscores, periods, and colons"},
      {"!Cidr [10.0.0.0/30, 9, 8]",
       "Template error: Fn::Cidr cannot make 9 blocks of 8 bits in "
       "10.0.0.0/30"},
      {"[a]",
       "Template format error: Output X is malformed. The Value field of every Output "
       "member must evaluate to a String"},
      {"{'Fn::ToJsonString': {a: b}}",
       "Template error: the function Fn::ToJsonString requires the transform "
       "AWS::LanguageExtensions"},
  };
  int number = 0;
  for (const auto& row : rows) {
    const std::string name = "f" + std::to_string(number++);
    const std::string body = head + "Outputs: {X: {Value: " + row.expression + "}}";
    if (row.expression == "!Sub '${a b}'") {
      EXPECT_NE(create_error(body).find("Unresolved resource dependencies"), std::string::npos);
      continue;
    }
    create(name, body);
    EXPECT_EQ(status(name), "ROLLBACK_COMPLETE") << row.expression;
    const Json all = cfn("DescribeStackEvents", {{"StackName", name}})["StackEvents"];
    const auto rollback = std::find_if(all.begin(), all.end(), [](const Json& one) {
      return one["ResourceStatus"] == "ROLLBACK_IN_PROGRESS";
    });
    ASSERT_NE(rollback, all.end());
    EXPECT_TRUE((*rollback)["ResourceStatusReason"].get<std::string>().starts_with(row.message))
        << *rollback;
  }
}

// Functions in functions can ask for more than any memory has.
TEST_F(Functions, AreBoundedInWhatTheyMake) {
  std::string value = std::string(2000, 'x');
  for (int i = 0; i < 12; ++i) {
    std::string twenty;
    for (int n = 0; n < 20; ++n) twenty += "${a}";
    value = R"({"Fn::Sub": [")" + twenty + R"(", {"a": )" + (i == 0 ? '"' + value + '"' : value) +
            "}]}";
  }
  create("bomb", kHandle + "Outputs: {X: {Value: " + value + "}}");
  EXPECT_EQ(status("bomb"), "ROLLBACK_COMPLETE");
}

TEST_F(Functions, NoValueLeavesAMemberOut) {
  create("s", R"(
Conditions: {No: !Equals [a, b]}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !If [No, 5, !Ref "AWS::NoValue"]}}})");
  EXPECT_EQ(status("s"), "CREATE_COMPLETE");
}

TEST_F(Functions, OfTheLanguageExtensionsNeedTheirTransform) {
  create("s", R"(
Transform: AWS::LanguageExtensions
Mappings: {M: {a: {b: c}}}
Resources:
  Fn::ForEach::Queues:
    - Name
    - [Red, Blue]
    - "Queue${Name}": {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "q-${Name}"}}
Outputs:
  Json: {Value: {"Fn::ToJsonString": {a: !Ref "AWS::Region"}}}
  Length: {Value: {"Fn::Length": [a, b, c]}}
  Default: {Value: {"Fn::FindInMap": [M, x, y, {DefaultValue: d}]}})",
         {{"Capabilities", {"CAPABILITY_AUTO_EXPAND"}}});
  EXPECT_EQ(physical("s", "QueueRed"), "http://127.0.0.1:4566/123456789012/q-Red");
  EXPECT_EQ(outputs("s"),
            Json({{"Json", R"({"a":"us-east-1"})"}, {"Length", "3"}, {"Default", "d"}}));
}

TEST_F(Parameters, AreCheckedAtTheirEdges) {
  const struct {
    std::string definition;
    std::string value;
    std::string expected;
  } rows[] = {
      {"Type: String, AllowedValues: [a, b]", "a", ""},
      {"Type: String, AllowedValues: [a, b]", "c", "Parameter 'P' must be one of AllowedValues"},
      {"Type: String, AllowedPattern: '[a-z]+'", "abc", ""},
      {"Type: String, AllowedPattern: '[a-z]+'", "abc1", "Parameter 'P' must match pattern [a-z]+"},
      {"Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: be small.", "A",
       "Parameter P failed to satisfy constraint: be small."},
      {"Type: String, MinLength: 2, MaxLength: 3", "ab", ""},
      {"Type: String, MinLength: 2, MaxLength: 3", "abc", ""},
      {"Type: String, MinLength: 2, MaxLength: 3", "a",
       "Parameter 'P' must contain at least 2 characters"},
      {"Type: String, MinLength: 2, MaxLength: 3", "abcd",
       "Parameter 'P' must contain at most 3 characters"},
      {"Type: Number, MinValue: 2, MaxValue: 3", "2", ""},
      {"Type: Number, MinValue: 2, MaxValue: 3", "3.0", ""},
      {"Type: Number, MinValue: 2, MaxValue: 3", "1.9",
       "Parameter 'P' must be a number not less than 2"},
      {"Type: Number, MinValue: 2, MaxValue: 3", "3.1",
       "Parameter 'P' must be a number not greater than 3"},
      {"Type: Number", "x", "Parameter 'P' must be a number."},
      {"Type: List<Number>", "1, 2", ""},
      {"Type: List<Number>", "1,x", "Parameter 'P' must be a list of numbers."},
      {"Type: CommaDelimitedList, AllowedValues: [a, b]", "a,b", ""},
      {"Type: CommaDelimitedList, AllowedValues: [a, b]", "a,c",
       "Parameter 'P' must be one of AllowedValues"},
      {"Type: String", std::string(4096, 'x'), ""},
      {"Type: String", std::string(4097, 'x'),
       "Parameter 'P' must contain at most 4096 characters"},
  };
  int number = 0;
  for (const auto& row : rows) {
    const std::string error =
        create_error(kHandle + "Parameters: {P: {" + row.definition + "}}",
                     {{"StackName", "p" + std::to_string(number++)},
                      {"Parameters", {{{"ParameterKey", "P"}, {"ParameterValue", row.value}}}}});
    EXPECT_EQ(error, row.expected.empty() ? "succeeded" : "ValidationError: " + row.expected)
        << row.definition << ' ' << row.value.substr(0, 20);
  }
}

TEST_F(Parameters, MustHaveValuesAndBeInTheTemplate) {
  const std::string body = kHandle + "Parameters: {A: {Type: String}, B: {Type: String}}";
  EXPECT_EQ(create_error(body), "ValidationError: Parameters: [A, B] must have values");
  EXPECT_EQ(
      create_error(kHandle, {{"Parameters", {{{"ParameterKey", "X"}, {"ParameterValue", "1"}}}}}),
      "ValidationError: Parameters: [X] do not exist in the template");
}

TEST_F(Parameters, OfEc2sTypesMustExist) {
  const std::string body = kHandle + "Parameters: {P: {Type: 'List<AWS::EC2::Subnet::Id>'}}";
  const auto with = [](const std::string& value) {
    return Json{{"Parameters", {{{"ParameterKey", "P"}, {"ParameterValue", value}}}}};
  };
  const Json subnets = call("ec2", "DescribeSubnets", Json::object())["Subnets"];
  const std::string there = subnets[0]["SubnetId"];
  EXPECT_EQ(create_error(body, with(there + ",subnet-0123456789abcdef0")),
            "ValidationError: Parameter validation failed: parameter value "
            "subnet-0123456789abcdef0 for parameter name P does not exist");
  EXPECT_EQ(create_error(body, with(there)), "succeeded");
}

TEST_F(Parameters, AreHiddenWhereTheTemplateSaysSo) {
  create("s", kHandle + "Parameters: {P: {Type: String, NoEcho: true, Default: secret}}");
  EXPECT_EQ(stack("s")["Parameters"][0]["ParameterValue"], "****");
}

TEST_F(Templates, MayNotGoInCircles) {
  EXPECT_EQ(create_error(R"(
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref B}}
  B: {Type: AWS::SQS::Queue, DependsOn: C}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt A.QueueName}}
  D: {Type: AWS::SQS::Queue, DependsOn: A})"),
            "ValidationError: Circular dependency between resources: [A, B, C]");
}

TEST_F(Templates, MayNotReferToWhatTheirConditionsLeaveOut) {
  const std::string body = R"(
Conditions: {No: !Equals [a, b]}
Resources: {A: {Type: AWS::SQS::Queue, Condition: No}, B: {Type: AWS::SQS::Queue, DependsOn: A}}
)";
  EXPECT_EQ(create_error(body), "succeeded") << "DependsOn overlooks it";
  EXPECT_EQ(create_error(body + "Outputs: {X: {Value: !Ref A}}", {{"StackName", "other"}}),
            "ValidationError: Unresolved resource dependencies [A] in the Outputs block of the "
            "template");
}

TEST_F(Templates, NeedTheirCapabilities) {
  const std::string role =
      "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}";
  EXPECT_EQ(create_error(role + "}}}"),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]");
  EXPECT_EQ(create_error(role + ", RoleName: x}}}", {{"Capabilities", {"CAPABILITY_IAM"}}}),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]");
  EXPECT_EQ(create_error(kHandle + "Transform: AWS::LanguageExtensions"),
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_AUTO_EXPAND]");
}

TEST_F(Templates, MayLieInS3) {
  call("s3", "CreateBucket", {{"Bucket", "templates"}});
  for (const char* url :
       {"http://127.0.0.1:4566/templates/none", "https://templates.s3.amazonaws.com/none"}) {
    EXPECT_EQ(cfn_error("CreateStack", {{"StackName", "s"}, {"TemplateURL", url}}),
              "ValidationError: S3 error: The specified key does not exist.\nFor more information "
              "check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
  }
  EXPECT_EQ(
      cfn_error("CreateStack", {{"StackName", "s"}, {"TemplateURL", "s3://templates/x"}}),
      "ValidationError: S3 error: Domain name specified in templates is not a valid S3 domain");
  EXPECT_EQ(cfn_error("CreateStack", {{"StackName", "s"}, {"TemplateURL", "templates/x"}}),
            "ValidationError: TemplateURL must be a supported URL.");
}

}  // namespace
}  // namespace cloudchamber::mock::cloudformation
