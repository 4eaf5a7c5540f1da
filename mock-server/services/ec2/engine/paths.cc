#include "mock-server/services/ec2/engine/paths.h"

namespace cloudchamber::mock::ec2 {

Path::Path(std::string_view text) {
  while (!text.empty()) {
    const std::size_t dot = text.find('.');
    steps_.emplace_back(text.substr(0, dot));
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
}

}  // namespace cloudchamber::mock::ec2
