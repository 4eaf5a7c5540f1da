// A server of cpp-httplib with fixed replies: what the library gives when nothing is done for a
// request. Stock but for three settings without which 16 kept-alive connections would not be served
// at all, or with a delay: threads, requests a connection, TCP_NODELAY.
//
//   bench_bare_server PORT
#include <httplib.h>

#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 4599;
  const std::string item(200, 'x');
  const std::string object(1024 * 1024, 'x');
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(64); };
  server.set_keep_alive_max_count(1'000'000'000);
  server.set_tcp_nodelay(true);
  server.Post("/", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(item, "application/x-amz-json-1.0");
  });
  server.Get("/.*", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(object, "binary/octet-stream");
  });
  return server.listen("127.0.0.1", port) ? 0 : 1;
}
