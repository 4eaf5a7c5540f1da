// What instances are told at launch.
#pragma once

#include <string>

namespace cloudchamber::mock::ec2 {

// Throws InvalidParameterValue for text that is not base64 or of more than 16 KiB.
void check_user_data(const std::string& base64);

}  // namespace cloudchamber::mock::ec2
