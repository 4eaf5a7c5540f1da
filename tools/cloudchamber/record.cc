#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "mock-server/http/http_server.h"
#include "recordings/proxy/record_server.h"
#include "recordings/proxy/upstream.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/until_stopped.h"

namespace cloudchamber::command {
namespace {

struct Record {
  std::string out;
  std::string host = "127.0.0.1";
  int port = 4566;
  std::string upstream;
  bool quiet = false;
};

void greet(const Record& options, int port) {
  const std::string url = "http://" + options.host + ":" + std::to_string(port);
  std::printf(
      "Cloud Chamber records on %s what clients send to %s\n"
      "\n"
      "AWS CLI and SDKs  export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1 \\\n"
      "                         AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n"
      "\n"
      "Requests are signed anew with this process's own credentials. Ctrl-C finishes %s.\n",
      url.c_str(), options.upstream.empty() ? "AWS" : options.upstream.c_str(), url.c_str(),
      options.out.c_str());
  std::fflush(stdout);
}

int record(const Record& options) {
  const UntilStopped stopped;
  recordings::Upstream upstream(recordings::Upstream::of_this_machine(options.upstream));
  recordings::RecordServer recorded(
      options.out, [&](const HttpRequest& request) { return upstream.exchange(request); });
  mock::HttpServer server(
      {.handle = [&](const HttpRequest& request) { return recorded.handle(request); }},
      {.host = options.host, .port = options.port});
  server.start();
  if (!options.quiet) greet(options, server.port());
  stopped.wait();
  server.stop();
  recorded.close();
  if (!options.quiet)
    std::printf("%s holds %zu interactions.\n", options.out.c_str(), recorded.recorded());
  return 0;
}

}  // namespace

void add_record(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Record>();
  CLI::App* command =
      app.add_subcommand("record", "Pass requests on to AWS and record them (docs/recordings.md)");
  command->add_option("--out", options->out, "The recording to write")
      ->required()
      ->type_name("FILE");
  command->add_option("--host", options->host, "The address to listen on")->capture_default_str();
  command->add_option("--port", options->port, "The port; 0 for any free one")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  command
      ->add_option("--upstream", options->upstream,
                   "Where requests are sent; AWS itself when there is none")
      ->type_name("URL");
  command->add_flag("--quiet", options->quiet, "Print nothing");
  command->callback([options, &chosen] { chosen = [options] { return record(*options); }; });
}

}  // namespace cloudchamber::command
