#include "mock-server/services/ec2/user_data.h"

#include "mock-server/services/ec2/engine/errors.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::ec2 {
namespace {
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
constexpr std::size_t kMaxUserData = 16'384;
}  // namespace

void check_user_data(const std::string& base64) {
  if (base64.empty()) return;
  std::string text;  // base64 may come in lines
  for (const char c : base64) {
    if (c != '\n' && c != '\r') text += c;
  }
  const std::optional<std::string> decoded = base64_decode(text);
  if (!decoded.has_value()) throw invalid_parameter("Invalid BASE64 encoding of user data.");
  if (decoded->size() > kMaxUserData)
    throw invalid_parameter("User data is limited to 16384 bytes");
}

}  // namespace cloudchamber::mock::ec2
