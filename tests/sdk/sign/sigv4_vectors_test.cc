// The SigV4 vectors that AWS publishes, in both directions.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "sdk/codec/timestamps.h"
#include "sdk/sign/canonical.h"
#include "sdk/sign/sigv4.h"

namespace cloudchamber {
namespace {

namespace fs = std::filesystem;

const char kSecret[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A raw request whose lines end in LF, with folded headers.
HttpRequest parse_request(const std::string& text) {
  HttpRequest request;
  const std::size_t body = text.find("\n\n");
  std::string head = text.substr(0, body);
  if (body != std::string::npos) request.body = text.substr(body + 2);
  const std::size_t line_end = head.find('\n');
  const std::string line = head.substr(0, line_end);
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  std::vector<Headers::Field> fields;
  for (std::size_t at = line_end; at != std::string::npos;) {
    const std::size_t next = head.find('\n', at + 1);
    const std::string header =
        head.substr(at + 1, next == std::string::npos ? next : next - at - 1);
    at = next;
    if (header.starts_with(' ')) {
      fields.back().second += "\n" + header;
      continue;
    }
    const std::size_t colon = header.find(':');
    fields.emplace_back(header.substr(0, colon), header.substr(colon + 1));
  }
  for (auto& [name, value] : fields) {
    if (name == "Host")
      request.host = value;
    else
      request.headers.add(name, value);
  }
  return request;
}

struct Vector {
  std::string name;
  HttpRequest request, signed_request;
  std::string canonical_request, string_to_sign, authorization;
};

std::vector<Vector> vectors() {
  const char* const variable = std::getenv("CHAMBER_SIGV4_VECTORS");
  const fs::path folder = variable != nullptr ? variable : "../shared/protocol-vectors/sigv4";
  std::vector<Vector> all;
  if (!fs::exists(folder)) return all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".req") continue;
    const auto with = [&](const char* extension) {
      return read(fs::path(entry.path()).replace_extension(extension));
    };
    all.push_back({entry.path().stem(), parse_request(with(".req")), parse_request(with(".sreq")),
                   with(".creq"), with(".sts"), with(".authz")});
    // This .sreq carries the signature of get-vanilla; its .authz has the right one.
    if (all.back().name == "get-vanilla-with-session-token")
      all.back().signed_request.headers.set("Authorization", all.back().authorization);
  }
  return all;
}

TEST(SigV4Vectors, GiveTheirCanonicalRequestStringToSignAndAuthorization) {
  const std::vector<Vector> all = vectors();
  if (all.empty()) GTEST_SKIP() << "no ../shared/protocol-vectors/sigv4";
  SigningKeys keys;
  for (const Vector& vector : all) {
    SCOPED_TRACE(vector.name);
    HttpRequest request = vector.request;
    Credentials credentials{"AKIDEXAMPLE", kSecret};
    // In post-sts-header-after the token is added once the request is signed.
    if (vector.name != "post-sts-header-after")
      credentials.session_token = vector.signed_request.headers.get("x-amz-security-token");
    request.headers.erase("x-amz-security-token");
    const Signature signature = sign(request, credentials, {"us-east-1", "service"},
                                     *parse_timestamp("20150830T123600Z"), keys);
    EXPECT_EQ(signature.canonical_request, vector.canonical_request);
    EXPECT_EQ(signature.string_to_sign, vector.string_to_sign);
    EXPECT_EQ(request.headers.get("Authorization"), vector.authorization);
  }
  std::cout << all.size() << " SigV4 vectors\n";
  EXPECT_EQ(all.size(), 23U);
}

TEST(SigV4Vectors, AreVerifiedAndRefusedAfterAnyChange) {
  const std::vector<Vector> all = vectors();
  if (all.empty()) GTEST_SKIP() << "no ../shared/protocol-vectors/sigv4";
  SigningKeys keys;
  const auto valid = [&keys](const HttpRequest& request, std::string_view secret) {
    const auto claim = find_claim(request);
    return claim && verify(request, *claim, secret, keys, payload_claim(request, *claim)).valid;
  };
  for (const Vector& vector : all) {
    SCOPED_TRACE(vector.name);
    const HttpRequest& good = vector.signed_request;
    EXPECT_TRUE(valid(good, kSecret));
    EXPECT_FALSE(valid(good, "another secret"));
    const auto changed = [&](auto change) {
      HttpRequest request = good;
      change(request);
      return valid(request, kSecret);
    };
    EXPECT_FALSE(changed([](HttpRequest& r) { r.method = "PUT"; }));
    EXPECT_FALSE(changed([](HttpRequest& r) { r.target = "/x" + r.target; }));
    EXPECT_FALSE(
        changed([](HttpRequest& r) { r.target += r.query().empty() ? "?added=1" : "&added=1"; }));
    EXPECT_FALSE(changed([](HttpRequest& r) { r.host += "x"; }));
    EXPECT_FALSE(changed([](HttpRequest& r) { r.body.append(Blob("x")); }));
    EXPECT_FALSE(changed([](HttpRequest& r) { r.headers.set("X-Amz-Date", "20150830T123601Z"); }));
    EXPECT_FALSE(changed([](HttpRequest& r) {
      std::string authorization(r.headers.get("Authorization"));
      authorization.back() = authorization.back() == '0' ? '1' : '0';
      r.headers.set("Authorization", authorization);
    }));
    EXPECT_FALSE(changed([](HttpRequest& r) {
      std::string authorization(r.headers.get("Authorization"));
      authorization.replace(authorization.find("us-east-1"), 9, "us-west-2");
      r.headers.set("Authorization", authorization);
    }));
  }
}

}  // namespace
}  // namespace cloudchamber
