// The transport that writes down what passes through it: a recording in HAR 1.2
// (docs/recordings.md).
//
//   auto tape = std::make_shared<RecordingTransport>(make_curl_transport(), "story.har");
//   const Session session({.transport = tape});
//   ...
//   tape->close();
//
// Each exchange is on disk when its call returns, in story.har.part; close(), or the destructor,
// makes story.har of it. Signatures, session tokens and what the models mark as sensitive are
// replaced before they are written.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/transport.h"

namespace cloudchamber {

class Recorder;
struct Recording;

struct RecordingOptions {
  std::shared_ptr<Clock> clock;  // of the times in the recording; the machine's when there is none
  // What else is secret: names of headers, names of members of parameters and results, texts.
  std::vector<std::string> secret_headers;
  std::vector<std::string> secret_members;
  std::vector<std::string> secret_texts;
};

// Thread-safe, as `inner` is. A call that got no response is not recorded.
class RecordingTransport : public Transport {
 public:
  // `before`, which may be null, is what the recording begins with. Throws RecordingError when the
  // file can't be written.
  RecordingTransport(std::shared_ptr<Transport> inner, const std::filesystem::path& file,
                     const RecordingOptions& options = {}, const Recording* before = nullptr);
  ~RecordingTransport() override;

  // Throws what `inner` throws, and RecordingError when the recording can't be written.
  [[nodiscard]] HttpResponse send(const HttpRequest& request, const SendOptions& options) override;

  // Finishes the file; what is sent afterwards throws RecordingError.
  void close();

 private:
  const std::shared_ptr<Transport> inner_;
  const std::shared_ptr<Clock> clock_;
  const std::unique_ptr<Recorder> recorder_;
};

}  // namespace cloudchamber
