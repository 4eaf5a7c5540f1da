#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string description(std::string_view api_version) {
  return R"({"metadata": {"apiVersion": ")" + std::string(api_version) +
         R"(", "protocol": "json"}, "shapes": {"Expires": {"type": "string"}}})";
}

// A botocore data directory and a boto3 one, of our own making.
class DataDirectory : public ::testing::Test {
 protected:
  DataDirectory() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() /
            ("load_model_test." + std::to_string(getpid()) + "." + test->name());
    write("botocore/data/pets/2019-01-01/service-2.json", description("2019-01-01"));
    write("botocore/data/pets/2021-05-05/service-2.json", description("2021-05-05"));
    write("botocore/data/pets/2023-01-01/examples-1.json", "{}");
  }
  ~DataDirectory() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void write(const fs::path& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }
  void write_gzip(const fs::path& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    gzFile file = gzopen((root_ / path).c_str(), "wb");
    ASSERT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())),
              static_cast<int>(text.size()));
    gzclose(file);
  }
  [[nodiscard]] std::shared_ptr<const ServiceModel> load(std::string_view service,
                                                         std::string_view version = "") const {
    return load_model(root_ / "botocore/data", service, version);
  }
  void expect_refused(std::string_view service, std::string_view version,
                      const char* reason) const {
    try {
      (void)load(service, version);
      ADD_FAILURE() << "loaded " << service;
    } catch (const ModelError& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason));
    }
  }

  fs::path root_;
};

TEST_F(DataDirectory, GivesTheNewestVersionThatDescribesTheService) {
  const auto model = load("pets");
  EXPECT_EQ(model->name, "pets");
  EXPECT_EQ(model->api_version, "2021-05-05");
}

TEST_F(DataDirectory, GivesTheVersionThatIsAskedFor) {
  EXPECT_EQ(load("pets", "2019-01-01")->api_version, "2019-01-01");
}

TEST_F(DataDirectory, ReadsCompressedFiles) {
  write_gzip("botocore/data/pets/2022-02-02/service-2.json.gz",
             description("2022-02-02") + std::string(100'000, ' '));
  EXPECT_EQ(load("pets")->api_version, "2022-02-02");
}

TEST_F(DataDirectory, ReadsPaginatorsAndWaitersAndMergesTheExtras) {
  const fs::path folder = "botocore/data/pets/2021-05-05";
  write(folder / "service-2.sdk-extras.json",
        R"({"version": 1.0, "merge": {"shapes": {"Expires": {"type": "timestamp"}}}})");
  write(folder / "paginators-1.json", R"({"pagination": {"List": {"input_token": "Next"}}})");
  write(folder / "paginators-1.sdk-extras.json",
        R"({"merge": {"pagination": {"List": {"non_aggregate_keys": ["Prefix"]}}}})");
  write(folder / "waiters-2.json", R"({"version": 2, "waiters": {"PetExists": {"delay": 5}}})");
  const auto model = load("pets");
  EXPECT_EQ(model->find_shape("Expires")->type, ShapeType::kTimestamp);
  EXPECT_EQ(model->paginators(), Json::parse(R"({"List": {"input_token": "Next",
                                                          "non_aggregate_keys": ["Prefix"]}})"));
  EXPECT_EQ(model->waiters(), Json::parse(R"({"PetExists": {"delay": 5}})"));
  EXPECT_EQ(model->resources(), Json::object());
}

TEST_F(DataDirectory, ReadsResourcesFromTheBoto3BesideIt) {
  write("boto3/data/pets/2021-05-05/resources-1.json", R"({"service": {}, "resources": {}})");
  EXPECT_TRUE(load("pets")->resources().contains("service"));
}

TEST_F(DataDirectory, ReadsResourcesFromTheBoto3ThatIsNamed) {
  write("elsewhere/pets/2021-05-05/resources-1.json", R"({"service": {"elsewhere": true}})");
  const auto model = load_model(root_ / "botocore/data", "pets", "", root_ / "elsewhere");
  EXPECT_TRUE(model->resources()["service"]["elsewhere"].get<bool>());
}

TEST_F(DataDirectory, RefusesWhatItCantRead) {
  write("botocore/data/broken/2020-01-01/service-2.json", "{");
  write("botocore/data/torn/2020-01-01/service-2.json.gz", "\x1f\x8b not gzip");
  expect_refused("cars", "", "no model of cars");
  expect_refused("pets", "1999-01-01", "no model of pets 1999-01-01");
  expect_refused("broken", "", "2020-01-01/service-2.json");
  expect_refused("torn", "", "service-2.json.gz");
  expect_refused("../pets", "", "can't be");
  expect_refused("", "", "can't be");
  expect_refused("pets", "../2019-01-01", "can't be");
}

// One service of each protocol from the botocore that is installed; with CHAMBER_BOTOCORE_DATA
// naming a data directory, every service in that.
TEST(InstalledBotocore, HasNoServiceThatCantBeLoaded) {
  std::vector<std::string> services = {"sns", "autoscaling", "kinesis", "lambda", "cloudfront"};
  const char* named = std::getenv("CHAMBER_BOTOCORE_DATA");
  const fs::path data = named != nullptr ? named : "/usr/lib/python3/dist-packages/botocore/data";
  if (!fs::exists(data)) GTEST_SKIP() << "no botocore in " << data;
  if (named != nullptr) {
    services.clear();
    for (const fs::directory_entry& entry : fs::directory_iterator(data)) {
      if (entry.is_directory()) services.push_back(entry.path().filename().string());
    }
    EXPECT_GT(services.size(), 300U);
  }
  for (const std::string& service : services) {
    EXPECT_FALSE(load_model(data, service)->operations().empty()) << service;
  }
}

// The suites' metadata and shapes with a case's operation make a model each.
TEST(ProtocolVectors, AreAllModels) {
  const char* named = std::getenv("CHAMBER_PROTOCOL_VECTORS");
  const fs::path vectors = named != nullptr ? named : "../shared/protocol-vectors";
  if (!fs::exists(vectors)) GTEST_SKIP() << "no protocol vectors in " << vectors;
  std::size_t models = 0;
  for (const char* direction : {"input", "output"}) {
    for (const fs::directory_entry& file : fs::directory_iterator(vectors / direction)) {
      std::ifstream in(file.path());
      for (const auto& suite : nlohmann::ordered_json::parse(in)) {
        for (const auto& test : suite["cases"]) {
          nlohmann::ordered_json description;
          description["metadata"] = suite["metadata"];
          description["operations"][test["given"]["name"].get<std::string>()] = test["given"];
          description["shapes"] = suite["shapes"];
          const auto model = ServiceModel::from_text("vectors", description.dump());
          EXPECT_EQ(model->operations().size(), 1U);
          ++models;
        }
      }
    }
  }
  EXPECT_GT(models, 0U);
}

}  // namespace
}  // namespace cloudchamber
