#include "tools/cloudchamber/proxy_options.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <stdexcept>

#include "cloudchamber/environment.h"

namespace cloudchamber::command {

void ProxyOptions::add_to(CLI::App& command) {
  command.add_option("--host", host, "The address to listen on")->capture_default_str();
  command.add_option("--port", port, "The port; 0 for any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  command.add_option("--upstream", upstream, "Where calls are sent; AWS itself when there is none")
      ->type_name("URL");
  command.add_flag(
      "--proxy", proxy,
      "Also as a proxy: HTTP_PROXY, and HTTPS_PROXY by certificates of a local authority");
  command
      .add_option("--ca-folder", ca_folder,
                  "Where that authority is kept; ~/.local/share/cloudchamber when not given")
      ->type_name("FOLDER");
  command.add_flag("--quiet", quiet, "Print nothing");
}

recordings::ProxyListener::Options ProxyOptions::listener() const {
  recordings::ProxyListener::Options options{.host = host, .port = port};
  if (!proxy) return options;
  if (!ca_folder.empty()) {
    options.ca_folder = ca_folder;
  } else {
    const std::string home = process_environment()("HOME").value_or("");
    if (home.empty()) throw std::runtime_error("HOME is not set: say --ca-folder");
    options.ca_folder = std::filesystem::path(home) / ".local/share/cloudchamber";
  }
  return options;
}

std::string ProxyOptions::url(int bound_port) const {
  return "http://" + host + ":" + std::to_string(bound_port);
}

void ProxyOptions::explain(const recordings::ProxyListener& listener) const {
  const std::string address = url(listener.port());
  std::printf(
      "AWS CLI and SDKs  export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 \\\n"
      "                         AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n",
      address.c_str());
  if (!proxy) return;
  const std::string certificate = listener.certificate_file().string();
  std::printf(
      "As a proxy        export HTTP_PROXY=%s HTTPS_PROXY=%s \\\n"
      "                         AWS_CA_BUNDLE=%s \\\n"
      "                         NODE_EXTRA_CA_CERTS=%s\n"
      "\n"
      "For HTTPS it shows certificates of an authority made on this machine, which a client must "
      "be\n"
      "told to trust, as above. Trust it nowhere else: who can read %s\n"
      "can pose as any site to whoever trusts it.\n",
      address.c_str(), address.c_str(), certificate.c_str(), certificate.c_str(),
      (listener.certificate_file().parent_path() / "ca-key.pem").c_str());
}

}  // namespace cloudchamber::command
