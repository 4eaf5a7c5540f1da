#include "mock-server/content_coding.h"

#include <gtest/gtest.h>

#include <string>

#include "mock-server/call/aws_error.h"

namespace cloudchamber::mock {
namespace {

std::string accepted(const std::string& header) {
  const auto coding = accepted_coding(header);
  return !coding ? "" : *coding == Coding::kGzip ? "gzip" : "deflate";
}

// As DynamoDB was seen to read them, by those who wrote tests against it.
TEST(ContentCoding, ReadsAcceptEncodingAsDynamoDbDoes) {
  struct Row {
    const char* header;
    const char* coding;
  };
  for (const Row& row : {
           Row{"", ""},
           Row{"gzip", "gzip"},
           Row{"deflate", "deflate"},
           Row{"identity", ""},
           Row{"br", ""},
           Row{"x-gzip", ""},
           Row{"GZIP, identity", "gzip"},
           Row{"gzip, deflate", "gzip"},
           Row{"br, identity, deflate, gzip", "deflate"},
           Row{"dog, gzip ,, cat", "gzip"},
           Row{"gzip;q=0.8, deflate;q=0.5", "gzip"},
           Row{"gzip;q=0.5, deflate;q=0.8", "deflate"},
           Row{"br, gzip;q=0, deflate; q = 0.5 , identity;q=0", "deflate"},
           Row{"*", "gzip"},
           Row{"*, deflate;q=0.5", "gzip"},
           Row{"*, deflate", "deflate"},
           Row{"*, identity", "gzip"},
           Row{"*, gzip;q=0.5", "deflate"},
           Row{"gzip ;q=0", ""},
           Row{"*;q=0", ""},
           Row{"*;q=0.5,identity", "gzip"},
           Row{"br;q=0.8,identity;q=0.5,*;q=0", ""},
           Row{"\"gzip\"", ""},
           Row{"gzip br", ""},
           Row{"gzip:q=1", ""},
           Row{"deflate;q=0.5, gzip;q=31", "gzip"},
           Row{"gzip;q=31,deflate;q=51", "gzip"},
           Row{"deflate;q=0.5, gzip;q=1;q=0.2", "gzip"},
           Row{"deflate;q=0.5,gzip;q=0.", "deflate"},
           Row{"deflate;q=0.5,gzip;q=0.x", "gzip"},
           Row{"deflate;q=0.5,gzip;q=0. x", "gzip"},
           Row{"deflate;q=-0.5,gzip;q=0.2", "gzip"},
           Row{"gzip;q= 0;q=1", ""},
           Row{"gzip;q =0;q=1", "gzip"},
           Row{"gzip; q=0;q=1", ""},
           Row{"gzip;nq=0;q=1", ""},
           Row{"gzip;q=0, gzip;q=1, gzip;q=0", "gzip"},
           Row{"br,identity;q=0.5,gzip;q=0.0001", "gzip"},
       })
    EXPECT_EQ(accepted(row.header), row.coding) << row.header;
}

TEST(ContentCoding, PacksOnlyWhatIsLargerThan4KiB) {
  for (const std::size_t size : {4095, 4096, 4097}) {
    HttpResponse response;
    response.body = std::string(size, 'x');
    put_coding_on("gzip", response);
    EXPECT_EQ(response.headers.contains("Content-Encoding"), size > 4096) << size;
    if (size <= 4096) continue;
    EXPECT_EQ(decompress(Coding::kGzip, response.body, size).bytes, std::string(size, 'x'));
  }
}

int status_of_taking_off(const std::string& encoding, const Blob& body) {
  HttpRequest request;
  request.headers.add("Content-Encoding", encoding);
  request.body = body;
  try {
    take_coding_off(*find_model("dynamodb"), request, 1000);
    EXPECT_EQ(request.body, Blob("{}"));
    return 200;
  } catch (const AwsError& error) {
    return error.status();
  }
}

TEST(ContentCoding, UnpacksRequestsWithinALimit) {
  EXPECT_EQ(status_of_taking_off("gzip", compress(Coding::kGzip, "{}")), 200);
  EXPECT_EQ(status_of_taking_off("GZip", compress(Coding::kGzip, "{}")), 200);
  EXPECT_EQ(status_of_taking_off("deflate", compress(Coding::kDeflate, "{}")), 200);
  EXPECT_EQ(status_of_taking_off("identity", "{}"), 200);
  EXPECT_EQ(status_of_taking_off("garbage", "{}"), 500);
  EXPECT_EQ(status_of_taking_off("gzip", "{}"), 500);
  EXPECT_EQ(status_of_taking_off("gzip", ""), 500);
  EXPECT_EQ(status_of_taking_off("deflate", ""), 500);
  EXPECT_EQ(status_of_taking_off("gzip", compress(Coding::kGzip, std::string(1001, ' '))), 413);
}

// A gzip file is put to S3 as it is.
TEST(ContentCoding, LeavesUploadsAlone) {
  HttpRequest request;
  request.headers.add("Content-Encoding", "gzip");
  request.body = "not gzip";
  take_coding_off(*find_model("s3"), request, 1000);
  EXPECT_EQ(request.body, Blob("not gzip"));
}

}  // namespace
}  // namespace cloudchamber::mock
