#include "recordings/bind/generated.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloudchamber::recordings {
namespace {

TEST(Generated, IsKnownByItsLook) {
  struct Row {
    const char* text;
    Kind kind;
    const char* prefix;
  };
  for (const Row& row : {
           Row{"i-0a1b2c3d", Kind::kId, "i-"},
           Row{"vpc-0123456789abcdef0", Kind::kId, "vpc-"},
           Row{"subnet-cidr-assoc-0123456789abcdef0", Kind::kId, "subnet-cidr-assoc-"},
           Row{"061d2946-b709-466f-a5d4-65758be624ca", Kind::kUuid, ""},
           Row{"awscfn-061d2946-b709-466f-a5d4-65758be624ca", Kind::kUuid, "awscfn-"},
           Row{"AIDACKCEVSQ6C2EXAMPLE", Kind::kUniqueId, "AIDA"},
           Row{"123456789012", Kind::kAccount, ""},
           Row{"18850184421530990592", Kind::kNumber, ""},
           Row{"2014-10-03T13:05:26Z", Kind::kTime, ""},
           Row{"2014-10-03T13:05:26.123+01:00", Kind::kTime, ""},
           Row{"Fri, 03 Oct 2014 13:05:26 GMT", Kind::kTime, ""},
           Row{"1412341526", Kind::kTime, ""},
           Row{"1412341526123", Kind::kTime, ""},
           Row{"10.0.0.17", Kind::kAddress, ""},
           Row{"10-0-0-17", Kind::kAddress, ""},
           Row{"0a:1b:2c:3d:4e:5f", Kind::kHardware, ""},
           Row{"75:aa:57:f0:9a:a0:c8:ca:ea:b4:f8:c2:4e:99:d1:0f:8e:7f:ae:eb", Kind::kDigest, ""},
           Row{"75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a", Kind::kDigest,
               ""},
           Row{"4442587FB7D0A2F9", Kind::kRequestId, ""},
           Row{"mystack-Queue-1ABCDEF2GHIJK", Kind::kSuffixed, "mystack-Queue-"},
           Row{"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a/+x==", Kind::kToken, ""},
           Row{"3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY", Kind::kToken, ""},
       }) {
    const auto found = generated(row.text);
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(static_cast<int>(found->kind), static_cast<int>(row.kind)) << row.text;
    EXPECT_EQ(found->prefix, row.prefix) << row.text;
  }
}

TEST(Generated, IsNoWordOfPeople) {
  for (const char* text : {"",
                           "available",
                           "us-east-1a",
                           "m3.medium",
                           "text/plain; charset=utf-8",
                           "application/x-www-form-urlencoded",
                           "AWS.SimpleQueueService.NonExistentQueue",
                           "com.amazonaws.us-east-1.s3",
                           "my-bucket-2024",
                           "10.0.0.0/16",
                           "1.2.3",
                           "80",
                           "65535",
                           "12345678901",
                           "d41d8cd98f00b204e9800998ecf8427e" /* an MD5 both sides can compute */,
                           "i-0a1b2c3",
                           "i-0A1B2C3D",
                           "-12345678",
                           "2014-10-03",
                           "2014-10-03T13:05"})
    EXPECT_FALSE(generated(text)) << text;
}

TEST(PiecesOf, AreTheTextWhenPutTogether) {
  for (const char* text :
       {"", "one", "arn:aws:sqs:us-east-1:123456789012:queue", "The vpc ID 'vpc-1' does not exist.",
        "a 0a:1b:2c:3d:4e:5f b", "t=2014-10-03T13:05:26.123Z,", "...", " . .. ", "%%", "x."}) {
    std::string whole;
    for (const TextPiece& piece : pieces_of(text)) {
      EXPECT_FALSE(piece.text.empty());
      whole += piece.text;
    }
    EXPECT_EQ(whole, text);
  }
}

TEST(PiecesOf, KeepsTimesAndHardwareAddressesWhole) {
  std::vector<std::string> pieces;
  for (const TextPiece& piece :
       pieces_of("stream/2014-10-03T13:05:26.123 at 0a:1b:2c:3d:4e:5f of i-0a1b2c3d."))
    if (!piece.separator) pieces.emplace_back(piece.text);
  EXPECT_EQ(pieces, (std::vector<std::string>{"stream", "2014-10-03T13:05:26.123", "at",
                                              "0a:1b:2c:3d:4e:5f", "of", "i-0a1b2c3d"}));
}

}  // namespace
}  // namespace cloudchamber::recordings
