// Fills a running server with what the benchmarks ask for, and writes the asking requests, signed
// by the SDK, as scripts for wrk.
//
//   bench_prepare URL DIRECTORY      -> DIRECTORY/get_item.lua, DIRECTORY/get_object.lua
#include <cloudchamber/cloudchamber.h>
#include <cloudchamber/curl_transport.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "mock-server/mock_aws.h"

namespace cloudchamber {
namespace {

// Sends on what it is given, and keeps the last request.
class Observer : public Transport {
 public:
  explicit Observer(std::shared_ptr<Transport> next) : next_(std::move(next)) {}
  HttpResponse send(const HttpRequest& request, const SendOptions& options) override {
    last = request;
    return next_->send(request, options);
  }
  HttpRequest last;

 private:
  std::shared_ptr<Transport> next_;
};

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

void write_script(const std::string& path, const HttpRequest& request) {
  std::ofstream out(path);
  out << "wrk.method = " << quoted(request.method) << "\n"
      << "wrk.path = " << quoted(request.target) << "\n";
  for (const auto& [name, value] : request.headers) {
    if (name == "Content-Length" || name == "Expect") continue;
    out << "wrk.headers[" << quoted(name) << "] = " << quoted(value) << "\n";
  }
  if (!request.body.empty()) out << "wrk.body = " << quoted(request.body.to_string()) << "\n";
}

void prepare(const std::string& url, const std::string& directory) {
  auto observer = std::make_shared<Observer>(make_curl_transport());
  SessionOptions options;
  options.region_name = "us-east-1";
  options.endpoint_url = url;
  options.aws_access_key_id = mock::kDefaultAccessKeyId;
  options.aws_secret_access_key = mock::kDefaultSecretAccessKey;
  options.transport = observer;
  const Session session(options);

  const Client dynamodb = session.client("dynamodb");
  dynamodb.call("CreateTable",
                {{"TableName", "bench"},
                 {"AttributeDefinitions", {{{"AttributeName", "id"}, {"AttributeType", "S"}}}},
                 {"KeySchema", {{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}});
  dynamodb.call("PutItem", {{"TableName", "bench"},
                            {"Item",
                             {{"id", {{"S", "key"}}},
                              {"name", {{"S", std::string(60, 'n')}}},
                              {"count", {{"N", "12345"}}},
                              {"text", {{"S", std::string(60, 't')}}}}}});
  dynamodb.call("GetItem", {{"TableName", "bench"}, {"Key", {{"id", {{"S", "key"}}}}}});
  write_script(directory + "/get_item.lua", observer->last);

  const Client s3 = session.client("s3");
  s3.call("CreateBucket", {{"Bucket", "bench"}});
  s3.call("PutObject", {{"Bucket", "bench"}, {"Key", "object"}},
          {.body = Blob(std::string(1024 * 1024, 'x'))});
  Blob body;
  s3.call("GetObject", {{"Bucket", "bench"}, {"Key", "object"}}, {.output_body = &body});
  write_script(directory + "/get_object.lua", observer->last);
}

}  // namespace
}  // namespace cloudchamber

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_prepare URL DIRECTORY\n");
    return 2;
  }
  try {
    cloudchamber::prepare(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_prepare: %s\n", error.what());
    return 1;
  }
}
