#include "tools/generate-clients/write_resources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/generate-clients/cpp_names.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string header_of(const std::string& service) {
  return resources_header(*ResourceModel::of(find_model(service)));
}

struct Row {
  const char* service;
  const char* text;
};

TEST(ResourcesHeader, HasAMethodForEverything) {
  const Row rows[] = {
      // Identifiers, under both names; numbers.
      {"ec2", "  [[nodiscard]] std::string id() const;\n  [[nodiscard]] std::string instance_id()"},
      {"s3", "  [[nodiscard]] std::int64_t part_number() const;\n"},
      // Attributes, with their types.
      {"ec2", "  // PrivateIpAddress  string\n  [[nodiscard]] Json private_ip_address() const;\n"},
      {"ec2", "  [[nodiscard]] Json network_interfaces_attribute() const;\n"},
      // Actions give JSON, one resource or many; words of C++ get an underscore.
      {"sqs", "  Json delete_() const;\n"},
      {"ec2", "  Vpc create_vpc() const;\n"},
      {"ec2", "  std::vector<Instance> create_instances(const Json& parameters,"},
      {"ec2", "  std::vector<Tag> create_tags(const Json& parameters,"},
      // Sub-resources take what their parent can't know.
      {"s3",
       "  [[nodiscard]] Object object(const std::string& bucket_name, const std::string& key)"},
      {"s3", "  [[nodiscard]] Object object(const std::string& key) const;\n"},
      {"s3", "  [[nodiscard]] MultipartUploadPart part(std::int64_t part_number) const;\n"},
      {"s3", "  [[nodiscard]] Bucket bucket() const;\n"},
      {"iam", "  [[nodiscard]] Policy policy(const std::string& arn) const;\n"},
      // References may be none, one or many.
      {"ec2", "  [[nodiscard]] std::optional<Vpc> vpc() const;\n"},
      {"ec2", "  [[nodiscard]] std::vector<NetworkInterface> network_interfaces() const;\n"},
      // Collections with batch actions; waiters.
      {"ec2", "  [[nodiscard]] InstanceCollection instances() const;\n"},
      {"ec2",
       "class InstanceCollection : public TypedCollection<InstanceCollection, Instance> {\n"},
      {"s3", "  std::vector<Json> delete_() const;\n"},
      {"ec2", "  void wait_until_running() const;\n"},
      // What is written by hand comes in between.
      {"dynamodb", "class Table : public TableBase {\n"},
      {"s3", "class Bucket : public BucketBase {\n"},
  };
  for (const Row& row : rows) EXPECT_THAT(header_of(row.service), HasSubstr(row.text));
}

TEST(ResourcesHeader, LeavesOutWhatIsFilledIn) {
  const std::string sqs = header_of("sqs");
  EXPECT_THAT(sqs, HasSubstr("  // SendMessage\n  //   MessageBody*  string\n"));
  EXPECT_THAT(sqs, Not(HasSubstr("  Json send_message() const;\n")));
  EXPECT_THAT(sqs, HasSubstr("  std::vector<Message> receive_messages() const;\n"));
}

TEST(CppName, GivesWordsOfTheLanguageAnUnderscore) {
  for (const char* word : {"delete", "import", "union", "xor", "new", "register", "linux"})
    EXPECT_EQ(cpp_name(word), std::string(word) + "_");
  EXPECT_EQ(cpp_name("deleted"), "deleted");
}

}  // namespace
}  // namespace cloudchamber
