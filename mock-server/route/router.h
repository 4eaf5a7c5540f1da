// Router: which service and operation a request means, and in which protocol it speaks.
//
// AWS tells services apart by host; here all are reached under one. So everything a request says is
// asked, the surest first: X-Amz-Target, an Action with its Version, the path of RPC v2, the scope
// of its signature, its host; and what is left is S3's, whose requests say nothing but method and
// path.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "cloudchamber/http.h"
#include "mock-server/call/aws_error.h"
#include "mock-server/route/rest_table.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

struct Route {
  // What speaks the request's protocol; also known where only an error can be answered.
  std::shared_ptr<const ServiceModel> model;
  const Operation* operation = nullptr;
  std::string region = "us-east-1";
  // Where the request's target names its resource another way than the model does (a bucket in the
  // host): the target to decode. The signature is over the original one.
  std::string decoded_target;
  // The path of a request that was sent to a queue's URL, which stands for its QueueUrl.
  std::string queue_path;

  [[nodiscard]] bool is(std::string_view service) const {
    return model != nullptr && model->name == service;
  }
};

// Thread-safe.
class Router {
 public:
  Router() = default;

  // Fills `route` with as much as the request says. Throws AwsError when it means no operation:
  // UnknownOperationException, InvalidAction, MethodNotAllowed, NotImplemented for a service that
  // is unknown here; then `route.model` says in which protocol to answer.
  void find(const HttpRequest& request, Route& route) const;

 private:
  bool by_target(const HttpRequest& request, std::string_view hint, Route& route) const;
  bool by_rpc_path(const HttpRequest& request, Route& route) const;
  bool by_action(const HttpRequest& request, std::string_view hint, Route& route) const;
  void by_path(const HttpRequest& request, std::string_view bucket, Route& route) const;

  mutable std::once_flag s3_once_;
  mutable std::unique_ptr<const RestTable> s3_;
};

}  // namespace cloudchamber::mock
