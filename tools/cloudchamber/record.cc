#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "recordings/proxy/record_server.h"
#include "recordings/proxy/upstream.h"
#include "tools/cloudchamber/commands.h"
#include "tools/cloudchamber/proxy_options.h"
#include "tools/cloudchamber/rules_option.h"
#include "tools/cloudchamber/until_stopped.h"

namespace cloudchamber::command {
namespace {

struct Record {
  std::string out;
  ProxyOptions proxy;
  RulesOption rules;
};

int record(const Record& options) {
  const UntilStopped stopped;
  const ProxyOptions& proxy = options.proxy;
  recordings::Upstream upstream(recordings::Upstream::of_this_machine(proxy.upstream));
  recordings::RecordServer recorded(
      options.out,
      [&](const HttpRequest& request, const SendOptions& passing) {
        return upstream.exchange(request, passing);
      },
      options.rules.read());
  recordings::ProxyListener listener(
      mock::HttpServer::Callbacks{
          .stream = [&](mock::HttpStream& client) { return recorded.handle(client); }},
      proxy.listener());
  listener.start();
  if (!proxy.quiet) {
    std::printf("Cloud Chamber records on %s what clients send to %s\n\n",
                proxy.url(listener.port()).c_str(),
                proxy.upstream.empty() ? "AWS" : proxy.upstream.c_str());
    proxy.explain(listener);
    std::printf(
        "\nRequests are signed anew with this process's own credentials. Ctrl-C finishes %s.\n",
        options.out.c_str());
    std::fflush(stdout);
  }
  stopped.wait();
  listener.stop();
  recorded.close();
  if (!proxy.quiet)
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
  options->proxy.add_to(*command);
  options->rules.add_to(*command);
  command->callback([options, &chosen] { chosen = [options] { return record(*options); }; });
}

}  // namespace cloudchamber::command
