#include "sdk/resource/resource_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

using ::testing::UnorderedElementsAreArray;

using Names = std::set<std::string>;

// "ec2.Instance actions" -> its names.
std::map<std::string, Names> names_of_boto3() {
  std::map<std::string, Names> all;
  std::ifstream file("tests/sdk/resource/names_of_boto3.txt");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    std::istringstream words(line.substr(colon + 2));
    for (std::string word; words >> word;) all[line.substr(0, colon)].insert(word);
  }
  return all;
}

template <class Members>
void add(std::map<std::string, Names>& all, const std::string& key, const Members& members) {
  for (const auto& member : members) all[key].insert(member.method);
}

std::map<std::string, Names> names_of_ours() {
  std::map<std::string, Names> all;
  for (const std::string& service : model_names()) {
    const auto model = ResourceModel::of(find_model(service));
    if (model == nullptr) continue;
    std::vector<const ResourceType*> types = {&model->service_resource()};
    for (const auto& [name, type] : model->types()) types.push_back(&type);
    for (const ResourceType* type : types) {
      const std::string start = type->full_name(service) + " ";
      add(all, start + "identifiers", type->identifiers);
      add(all, start + "actions", type->actions);
      add(all, start + "batch_actions", type->batch_actions);
      for (const RelationModel& one : type->subresources)
        all[start + "subresources"].insert(one.name);
      add(all, start + "references", type->references);
      add(all, start + "collections", type->collections);
      add(all, start + "waiters", type->waiters);
      add(all, start + "attributes", type->attributes);
      for (const IdentifierModel& one : type->identifiers) {
        if (!one.alias.empty()) all[start + "attributes"].insert(one.alias);
      }
      if (type->load) all[start + "load"].insert(type->load->method);
    }
  }
  return all;
}

TEST(ResourceNames, AreBoto3s) {
  std::map<std::string, Names> expected = names_of_boto3();
  ASSERT_GT(expected.size(), 300U);
  // What boto3 adds in code: actions here, but for those that move files and batches of items,
  // which are written by hand.
  expected["ec2.Instance actions"].insert("delete_tags");
  for (const char* by_hand : {"ec2.Instance", "s3.Bucket", "s3.Object", "dynamodb.Table"})
    expected.erase(std::string(by_hand) + " injected");
  const std::map<std::string, Names> ours = names_of_ours();
  for (const auto& [key, names] : expected) {
    const auto found = ours.find(key);
    ASSERT_NE(found, ours.end()) << key;
    EXPECT_THAT(found->second, UnorderedElementsAreArray(names)) << key;
  }
  EXPECT_EQ(ours.size(), expected.size());
}

// In C++ a sub-resource is a method in snake case like the others: no name may be had twice.
TEST(ResourceNames, AreEachUsedOnce) {
  for (const std::string& service : model_names()) {
    const auto model = ResourceModel::of(find_model(service));
    if (model == nullptr) continue;
    for (const auto& [name, type] : model->types()) {
      std::vector<std::string> methods;
      const auto collect = [&](const auto& members) {
        for (const auto& member : members) methods.push_back(member.method);
      };
      collect(type.identifiers);
      collect(type.attributes);
      collect(type.actions);
      collect(type.subresources);
      collect(type.references);
      collect(type.collections);
      collect(type.waiters);
      EXPECT_EQ(Names(methods.begin(), methods.end()).size(), methods.size()) << name;
    }
  }
}

TEST(ResourceModel, IsNoneWithoutResources) {
  EXPECT_EQ(ResourceModel::of(find_model("sts")), nullptr);
}

TEST(ResourceModel, KnowsWhereThereAreMany) {
  const auto ec2 = ResourceModel::of(find_model("ec2"));
  const auto is_plural = [&](const std::vector<ActionModel>& actions, const std::string& name) {
    for (const ActionModel& action : actions) {
      if (action.method == name) return action.target->plural;
    }
    throw std::logic_error(name);
  };
  const ResourceType& service = ec2->service_resource();
  EXPECT_TRUE(is_plural(service.actions, "create_instances"));
  EXPECT_TRUE(is_plural(service.actions, "create_tags"));
  EXPECT_FALSE(is_plural(service.actions, "create_vpc"));
  EXPECT_TRUE(is_plural(service.collections, "instances"));
}

TEST(ResourceModel, ThatCanNotBeReadSaysSo) {
  const auto ec2 = ResourceModel::of(find_model("ec2"));
  EXPECT_THROW(static_cast<void>(ec2->type("Instnace")), ModelError);
}

}  // namespace
}  // namespace cloudchamber
