#include "tools/generate-clients/write_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tools/generate-clients/describe.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const ServiceModel> pets() {
  return ServiceModel::from_text("pets", R"json({
    "metadata": {"apiVersion": "2020-01-01", "protocol": "json", "serviceId": "Pet Shop",
                 "serviceFullName": "Amazon Pets"},
    "operations": {
      "BuyPet": {"input": {"shape": "BuyPetRequest"}, "output": {"shape": "BuyPetResponse"},
                 "errors": [{"shape": "PetGoneException"}]},
      "ListPets": {"input": {"shape": "ListPetsRequest"}},
      "Delete": {}
    },
    "shapes": {
      "BuyPetRequest": {"type": "structure", "required": ["Name"],
        "members": {"Name": {"shape": "Text"}, "Kind": {"shape": "Kind"},
                    "Toys": {"shape": "Toys"}, "Tags": {"shape": "Tags"},
                    "Photo": {"shape": "Photo"}}},
      "BuyPetResponse": {"type": "structure", "members": {"Since": {"shape": "Time"}}},
      "ListPetsRequest": {"type": "structure", "members": {"Max": {"shape": "Number"}}},
      "Toys": {"type": "list", "member": {"shape": "Toy"}},
      "Toy": {"type": "structure", "required": ["Size"],
              "members": {"Color": {"shape": "Text"}, "Size": {"shape": "Number"}}},
      "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
      "Kind": {"type": "string", "enum": ["CAT", "DOG"]},
      "Text": {"type": "string"}, "Number": {"type": "integer"}, "Time": {"type": "timestamp"},
      "Photo": {"type": "blob"},
      "PetGoneException": {"type": "structure",
        "members": {"Message": {"shape": "Text"}, "Where": {"shape": "Text"}},
        "error": {"code": "PetGone", "httpStatusCode": 409}, "exception": true}
    }})json");
}

TEST(ClientHeader, DescribesAnOperationAboveItsMethod) {
  EXPECT_THAT(client_header(*pets()), HasSubstr(R"(  // BuyPet
  //   Name*  string
  //   Kind  CAT | DOG
  //   Toys  [{Color, Size*}]
  //   Tags  {string: string}
  //   Photo  blob
  // ->
  //   Since  timestamp
  // throws PetGoneException
  Json buy_pet(const Json& parameters, const CallOptions& options = {}) const;
)"));
}

TEST(ClientHeader, HasAFormWithoutParametersWhereNoneAreRequired) {
  const std::string header = client_header(*pets());
  EXPECT_THAT(header, HasSubstr("  Json list_pets() const;\n"));
  EXPECT_THAT(header, Not(HasSubstr("Json buy_pet() const")));
}

TEST(ClientHeader, KeepsOutOfTheWayOfCpp) {
  EXPECT_THAT(client_header(*pets()), HasSubstr("  Json delete_() const;\n"));
  EXPECT_THAT(client_source(*pets()), HasSubstr("{ return call(\"Delete\"); }"));
}

TEST(ClientHeader, HasATypeForEachError) {
  EXPECT_THAT(client_header(*pets()), HasSubstr(R"(// PetGone, status 409; response() has Where
class PetGoneException : public ClientError {
 public:
  using ClientError::ClientError;
};
)"));
}

TEST(ClassName, MakesWordsOfAcronyms) {
  const std::pair<const char*, const char*> rows[] = {{"cloudformation", "CloudFormation"},
                                                      {"dynamodb", "DynamoDb"},
                                                      {"dynamodbstreams", "DynamoDbStreams"},
                                                      {"ec2", "Ec2"},
                                                      {"iam", "Iam"},
                                                      {"s3", "S3"},
                                                      {"sqs", "Sqs"},
                                                      {"sts", "Sts"}};
  for (const auto& [service, expected] : rows) {
    EXPECT_EQ(class_name(*find_model(service)), expected);
  }
  EXPECT_EQ(class_name(*pets()), "PetShop");
}

TEST(CommentLines, BreakAtBlanksAndNeverAtTheMargin) {
  const std::string text = "  " + std::string(60, 'a') + " " + std::string(60, 'b') + " c";
  EXPECT_EQ(comment_lines(text, "  ", 4),
            "  //   " + std::string(60, 'a') + "\n  //     " + std::string(60, 'b') + " c\n");
  EXPECT_EQ(comment_lines(std::string(200, 'x'), ""), "// " + std::string(200, 'x') + "\n");
}

TEST(GeneratedFiles, HaveNoBackslashAtTheEndOfALine) {
  for (const std::string& service : model_names()) {
    std::istringstream lines(client_header(*find_model(service)));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_FALSE(line.ends_with('\\')) << line;
      EXPECT_LE(line.size(), 110U) << line;
    }
  }
}

}  // namespace
}  // namespace cloudchamber
