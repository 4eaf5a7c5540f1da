// A call of a recording, understood: what was asked, and what AWS answered.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/json.h"
#include "recordings/bind/placeholders.h"
#include "recordings/understand.h"
#include "sdk/parse/parser.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

struct RecordedCall {
  const Interaction* interaction = nullptr;
  std::size_t number = 0;  // in its recording, from 1
  // Where the recording hides something of the request: what is sent in its place.
  std::optional<Filled> filled;
  Understood request;     // of what is sent
  HttpResponse response;  // without content coding
  Json result;            // of a success, else an empty object
  ParsedError error;      // of a failure

  [[nodiscard]] bool succeeded() const { return response.status < 300; }
  [[nodiscard]] const std::string& operation() const { return request.operation->name; }
  [[nodiscard]] const HttpRequest& sent() const {
    return filled ? filled->request : interaction->exchange.request;
  }
  // Does it change nothing, as far as its name tells?
  [[nodiscard]] bool reads() const;
  // As clients name it: "sqs", whatever protocol it was spoken to in.
  [[nodiscard]] std::string service() const;
  // As recorded, else as the answer's Date header says; nothing is 1970.
  [[nodiscard]] TimePoint time() const;
};

// The calls of a recording that outlives them, in its order.
struct RecordedCalls {
  std::vector<RecordedCall> calls;
  std::vector<const Interaction*> unknown;  // no model knows the request
  struct Unreadable {
    std::size_t number;
    std::string reason;
  };
  std::vector<Unreadable> unreadable;  // the response is not what the model says

  [[nodiscard]] std::string account() const;  // "" when it is never named
};
[[nodiscard]] RecordedCalls calls_of(const Recording& recording,
                                     const Understanding& understanding);

}  // namespace cloudchamber::recordings
