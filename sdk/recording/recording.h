// Recording: exchanges with AWS, in the order in which they were answered, with what they mean.
//
// A file keeps it as HAR 1.2 (har.h, docs/recordings.md). Values; thread-safe to read.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// One HTTP request with its response.
struct Exchange {
  HttpRequest request;
  HttpResponse response;
  TimePoint started;
  Milliseconds took{0};
};

// The answer to HEAD has no body, and the length that its header tells: this makes it so again,
// where a file kept the header alone.
void restore_content_length(Exchange& exchange);

// What an exchange means, once a model has been asked.
struct Meaning {
  std::string service;    // "sqs"
  std::string operation;  // "SendMessage"
  std::string region;     // "us-east-1"
  Json parameters = Json::object();
  Json result = Json::object();  // of a success
  std::string error_code;        // of a failure: "QueueDoesNotExist"
  std::string error_message;
};

struct Interaction {
  Exchange exchange;
  std::optional<Meaning> meaning;  // none where no model knows the request
  // Where placeholders stand for what was secret: "request.headers.Authorization", "request.url",
  // "_parameters.Password" (at any depth), "response.content".
  std::vector<std::string> redactions = {};
};

struct Recording {
  std::string creator = "Cloud Chamber";
  std::optional<std::uint64_t> seed;  // of the world that answered, where it was a simulated one
  std::optional<TimePoint> clock;     // its time at the beginning
  std::vector<Interaction> interactions;
};

}  // namespace cloudchamber
