// The options that `record` and `replay` share: where they listen, and whether as a proxy too.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "recordings/proxy/proxy_listener.h"

namespace cloudchamber::command {

struct ProxyOptions {
  std::string host = "127.0.0.1";
  int port = 4566;
  bool proxy = false;
  std::string ca_folder;
  std::string upstream;
  bool quiet = false;

  void add_to(CLI::App& command);
  // Throws std::runtime_error where no folder for the authority is known.
  [[nodiscard]] recordings::ProxyListener::Options listener() const;
  [[nodiscard]] std::string url(int bound_port) const;
  // How clients reach it.
  void explain(const recordings::ProxyListener& listener) const;
};

}  // namespace cloudchamber::command
