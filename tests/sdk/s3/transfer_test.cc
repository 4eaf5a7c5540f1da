#include "cloudchamber/s3/transfer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "cloudchamber/errors.h"
#include "cloudchamber/resources/s3.h"
#include "cloudchamber/session.h"
#include "mock-server/mock_aws.h"
#include "sdk/s3/parts.h"

namespace cloudchamber {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t kMiB = 1024 * 1024;

class Transfer : public ::testing::Test {
 protected:
  Transfer() {
    bucket_.create();
    std::string pattern = (fs::temp_directory_path() / "transfer-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    // No two of its bytes' neighbourhoods are alike, so that parts can't be swapped unnoticed.
    for (std::uint32_t i = 0; content_.size() < 12 * kMiB; i = i * 1664525 + 1013904223)
      content_.append(reinterpret_cast<const char*>(&i), sizeof i);
    content_.resize(12 * kMiB - 7);
  }
  ~Transfer() override { fs::remove_all(folder_); }

  fs::path write(const std::string& text) const {
    std::ofstream(folder_ / "file", std::ios::binary) << text;
    return folder_ / "file";
  }
  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // As parts of 5 MiB: three of them.
  static s3::TransferOptions in_parts() {
    return {.config = {.multipart_threshold = 5 * kMiB, .multipart_chunksize = 5 * kMiB}};
  }
  std::string stored(const std::string& key) {
    Blob body;
    bucket_.object(key).get(Json::object(), {.output_body = &body});
    return body.to_string();
  }
  int parts(const std::string& key) {
    const Json head = client_.head_object({{"Bucket", "films"}, {"Key", key}, {"PartNumber", 1}});
    return head.value("PartsCount", 0);
  }
  bool no_uploads_are_left() {
    return !client_.list_multipart_uploads({{"Bucket", "films"}}).contains("Uploads");
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  mock::MockAws aws_;
  s3::ServiceResource s3_ = aws_.session().resource<S3>();
  S3 client_ = s3_.meta().client();
  s3::Bucket bucket_ = s3_.bucket("films");
  fs::path folder_;
  std::string content_;
};

TEST_F(Transfer, GoesInOneRequestBelowTheThreshold) {
  const fs::path file = write("small");
  s3::upload_file(client_, file, "films", "small", {{"ContentType", "text/plain"}});
  EXPECT_EQ(bucket_.object("small").content_type(), "text/plain");
  EXPECT_EQ(parts("small"), 0);
  s3::download_file(client_, "films", "small", folder_ / "again");
  EXPECT_EQ(read(folder_ / "again"), "small");
}

TEST_F(Transfer, GoesInPartsFromTheThresholdOn) {
  bucket_.upload_file(write(content_), "large",
                      {{"ContentType", "video/quicktime"}, {"Metadata", {{"a", "b"}}}}, in_parts());
  EXPECT_EQ(parts("large"), 3);
  EXPECT_EQ(bucket_.object("large").content_type(), "video/quicktime");
  EXPECT_EQ(bucket_.object("large").metadata()["a"], "b");
  EXPECT_TRUE(stored("large") == content_);
  bucket_.download_file("large", folder_ / "again", s3::no_extra_args(), in_parts());
  EXPECT_TRUE(read(folder_ / "again") == content_);
  EXPECT_EQ(files(), 2U);
}

TEST_F(Transfer, TakesTheChecksumOfTheWholeObject) {
  bucket_.object("known").put({{"Body", content_}, {"ChecksumAlgorithm", "CRC32"}});
  const Json checksum = client_.head_object(
      {{"Bucket", "films"}, {"Key", "known"}, {"ChecksumMode", "ENABLED"}})["ChecksumCRC32"];
  bucket_.upload_fileobj(Blob(content_), "large", {{"ChecksumCRC32", checksum}}, in_parts());
  const Json head =
      client_.head_object({{"Bucket", "films"}, {"Key", "large"}, {"ChecksumMode", "ENABLED"}});
  EXPECT_EQ(head["ChecksumCRC32"], checksum);
  EXPECT_EQ(head["ChecksumType"], "FULL_OBJECT");
  EXPECT_THROW(
      bucket_.upload_fileobj(Blob(content_), "wrong", {{"ChecksumCRC32", "AAAAAA=="}}, in_parts()),
      ClientError);
  EXPECT_TRUE(no_uploads_are_left());
}

TEST_F(Transfer, CutsAtTheThreshold) {
  for (const std::int64_t size : {5 * kMiB - 1, 5 * kMiB, 5 * kMiB + 1}) {
    bucket_.object("cut").upload_fileobj(Blob(content_).slice(0, static_cast<std::size_t>(size)),
                                         s3::no_extra_args(), in_parts());
    EXPECT_EQ(bucket_.object("cut").content_length(), size);
    EXPECT_EQ(parts("cut"), size < 5 * kMiB ? 0 : size == 5 * kMiB ? 1 : 2);
  }
}

TEST_F(Transfer, HandlesEmptyObjects) {
  bucket_.object("empty").upload_file(write(""));
  bucket_.object("empty").download_file(folder_ / "again");
  EXPECT_TRUE(fs::exists(folder_ / "again"));
  EXPECT_EQ(read(folder_ / "again"), "");
  std::ostringstream out;
  bucket_.object("empty").download_fileobj(out);
  EXPECT_EQ(out.str(), "");
}

TEST_F(Transfer, ReadsAndWritesStreams) {
  for (const std::size_t size : {std::size_t{3}, content_.size()}) {
    const std::string some = content_.substr(0, size);
    std::istringstream in(some);
    bucket_.upload_fileobj(in, "stream", s3::no_extra_args(), in_parts());
    EXPECT_TRUE(stored("stream") == some);
    std::ostringstream out;
    bucket_.download_fileobj("stream", out, s3::no_extra_args(), in_parts());
    EXPECT_TRUE(out.str() == some);
  }
  EXPECT_EQ(parts("stream"), 3);
}

TEST_F(Transfer, CopiesWithinS3) {
  bucket_.upload_fileobj(Blob(content_), "large", {{"Metadata", {{"a", "b"}}}}, in_parts());
  const Json source = {{"Bucket", "films"}, {"Key", "large"}};
  bucket_.object("whole").copy(source, s3::no_extra_args(),
                               {.config = {.multipart_threshold = 100 * kMiB}});
  EXPECT_TRUE(stored("whole") == content_);
  EXPECT_EQ(bucket_.object("whole").metadata()["a"], "b");
  bucket_.copy(source, "parts", {{"ContentType", "text/plain"}}, in_parts());
  EXPECT_TRUE(stored("parts") == content_);
  EXPECT_EQ(parts("parts"), 3);
  EXPECT_EQ(bucket_.object("parts").content_type(), "text/plain");
}

TEST_F(Transfer, TellsHowFarItIs) {
  std::int64_t moved = 0;  // without a lock: the callback is never called by two at once
  s3::TransferOptions options = in_parts();
  options.callback = [&](std::int64_t bytes) { moved += bytes; };
  const auto size = static_cast<std::int64_t>(content_.size());
  bucket_.upload_fileobj(Blob(content_), "large", s3::no_extra_args(), options);
  EXPECT_EQ(std::exchange(moved, 0), size);
  bucket_.download_file("large", folder_ / "again", s3::no_extra_args(), options);
  EXPECT_EQ(std::exchange(moved, 0), size);
  bucket_.copy({{"Bucket", "films"}, {"Key", "large"}}, "copy", s3::no_extra_args(), options);
  EXPECT_EQ(moved, size);
}

TEST_F(Transfer, DoesWithoutThreads) {
  s3::TransferOptions options = in_parts();
  options.config.max_concurrency = 1;
  bucket_.upload_fileobj(Blob(content_), "large", s3::no_extra_args(), options);
  EXPECT_TRUE(stored("large") == content_);
  bucket_.download_file("large", folder_ / "again", s3::no_extra_args(), options);
  EXPECT_TRUE(read(folder_ / "again") == content_);
}

TEST_F(Transfer, LeavesNothingBehindWhenItFails) {
  s3::TransferOptions options = in_parts();
  std::atomic<int> calls = 0;
  options.callback = [&](std::int64_t) {
    if (++calls == 2) throw std::runtime_error("enough");
  };
  EXPECT_THROW(bucket_.upload_fileobj(Blob(content_), "large", s3::no_extra_args(), options),
               std::runtime_error);
  EXPECT_TRUE(no_uploads_are_left());
  EXPECT_THROW(bucket_.object("large").load(), ClientError);

  bucket_.upload_fileobj(Blob(content_), "large", s3::no_extra_args(), in_parts());
  write("what was there before");
  calls = 0;
  EXPECT_THROW(bucket_.download_file("large", folder_ / "file", s3::no_extra_args(), options),
               std::runtime_error);
  EXPECT_EQ(read(folder_ / "file"), "what was there before");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Transfer, FailsWhenTheObjectIsReplacedMeanwhile) {
  bucket_.upload_fileobj(Blob(content_), "large", s3::no_extra_args(), in_parts());
  s3::TransferOptions options = in_parts();
  options.config.max_concurrency = 1;
  options.callback = [&](std::int64_t) { bucket_.object("large").put({{"Body", content_}}); };
  try {
    bucket_.download_file("large", folder_ / "again", s3::no_extra_args(), options);
    FAIL() << "nothing was thrown";
  } catch (const ClientError& error) {
    EXPECT_EQ(error.status(), 412);
  }
}

TEST_F(Transfer, ChecksItsArgumentsBeforeSending) {
  try {
    bucket_.upload_fileobj(Blob("x"), "key", {{"ContentTyp", "text/plain"}});
    FAIL() << "nothing was thrown";
  } catch (const ParamValidationError& error) {
    EXPECT_THAT(error.what(), HasSubstr("Invalid extra_args key \"ContentTyp\"; did you mean "
                                        "\"ContentType\"?"));
  }
  EXPECT_THROW(bucket_.upload_fileobj(Blob("x"), "key", Json::array()), ParamValidationError);
  EXPECT_THROW(bucket_.copy("films/key", "key"), ParamValidationError);
  for (const s3::TransferConfig& wrong :
       {s3::TransferConfig{.multipart_threshold = 0}, s3::TransferConfig{.multipart_chunksize = -1},
        s3::TransferConfig{.max_concurrency = 0}}) {
    EXPECT_THROW(bucket_.upload_fileobj(Blob("x"), "key", s3::no_extra_args(), {.config = wrong}),
                 ParamValidationError);
  }
  EXPECT_THROW(bucket_.upload_file(folder_ / "none", "key"), std::system_error);
  EXPECT_THAT(bucket_.objects().delete_(), IsEmpty());
  bucket_.object("key").put({{"Body", "x"}});
  EXPECT_THROW(bucket_.download_file("key", folder_ / "no" / "folder"), std::system_error);
}

TEST(UploadPartSize, KeepsToTheLimitsOfS3) {
  struct Row {
    std::int64_t size, wanted, expected;
  };
  const Row rows[] = {
      {100 * kMiB, 8 * kMiB, 8 * kMiB},         {80'000 * kMiB, 8 * kMiB, 8 * kMiB},
      {80'000 * kMiB + 1, 8 * kMiB, 16 * kMiB}, {100 * kMiB, kMiB, 5 * kMiB},
      {100 * kMiB, 5 * kMiB, 5 * kMiB},         {-1, 6'000 * kMiB, 5 * 1024 * kMiB}};
  for (const Row& row : rows)
    EXPECT_EQ(s3::upload_part_size(row.size, row.wanted), row.expected) << row.size;
}

}  // namespace
}  // namespace cloudchamber
