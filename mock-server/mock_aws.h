// MockAws: a simulated AWS in this process, for tests and for the command `cloudchamber`.
//
//   MockAws aws;
//   auto sqs = aws.session().client<Sqs>();        // signed, serialised, verified; no socket
//   aws.clock().advance(5min);
//   aws.start();                                   // the same world over HTTP, on aws.url()
//
// Each MockAws is a world of its own: nothing is shared, so tests run side by side. Every function
// but stop() and the destructor may be called from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/clock.h"
#include "cloudchamber/http.h"

namespace cloudchamber {
class Session;
}

namespace cloudchamber::mock {

class Dispatcher;
class World;

// The account of whoever has no other.
inline constexpr const char* kDefaultAccount = "123456789012";
// A key that every world knows, of the default account's root user: what session() signs with.
inline constexpr const char* kDefaultAccessKeyId = "AKIACLOUDCHAMBER0000";
inline constexpr const char* kDefaultSecretAccessKey = "cloud/chamber/a/secret/known/to/everyone";

class MockAws {
 public:
  struct Options {
    std::uint64_t seed = 0;  // the same seed and calls give the same ids
    bool strict = false;     // refuse access keys that nobody created, and the like
    // How long the world takes for what AWS does in the background, such as starting an instance.
    // At zero it is done at any later moment of the clock.
    Milliseconds transition_time{0};
    // S3 makes buckets as it did before April 2023: ACLs on, public access not blocked.
    bool legacy_s3_acls = false;
    std::shared_ptr<AdvanceableClock> clock;  // a VirtualClock when there is none
  };

  MockAws();
  explicit MockAws(const Options& options);
  ~MockAws();
  MockAws(MockAws&&) noexcept;
  MockAws& operator=(MockAws&&) noexcept;

  // The response to a request, as if it had come over a socket.
  [[nodiscard]] HttpResponse handle(HttpRequest request) const;
  // The same as a function that stays valid when the MockAws is moved, for transports of one's own.
  [[nodiscard]] std::function<HttpResponse(const HttpRequest&)> handler() const;

  // An SDK session whose clients talk to this world in the same process, on its clock, with the
  // default credentials, in us-east-1. It must not outlive the world. (Link chamber_mock_aws.)
  [[nodiscard]] Session session() const;

  // Stands around each request that comes over HTTP: gives the answer, which is `answer`'s unless
  // it knows better. Also of one that is refused by its head alone, before its body has come.
  // Called from many threads at once; should not throw.
  using Answer = std::function<HttpResponse(HttpRequest request)>;
  using Around = std::function<HttpResponse(HttpRequest request, const Answer& answer)>;

  // Serves the world over HTTP as well. Throws std::runtime_error when the port can't be had.
  void start(int port = 0, const std::string& host = "127.0.0.1", Around around = nullptr);
  void stop();
  [[nodiscard]] bool started() const;
  [[nodiscard]] int port() const;         // throws std::logic_error when not started
  [[nodiscard]] std::string url() const;  // "http://127.0.0.1:4566"; likewise

  [[nodiscard]] AdvanceableClock& clock() const;
  [[nodiscard]] const std::shared_ptr<AdvanceableClock>& shared_clock() const;

  // Makes a key known: its signatures are verified. It is its account's root user's.
  void add_credentials(const std::string& access_key_id, const std::string& secret_access_key,
                       const std::string& account = kDefaultAccount);

  // Forgets all but the credentials that were added; ids start from the seed again.
  void reset();

  // A world that begins as this one stands and goes its own way, on the same clock: O(1).
  [[nodiscard]] MockAws fork() const;

  // Makes what a recording made (a file of any format that `cloudchamber verify` reads): its calls
  // that change something are made again, at their times and with the ids that AWS gave then. What
  // the world holds already stays; the clock moves on to the recording's end if it is behind. From
  // then on the default credentials are those of the recording's account. Gives a line for each
  // call that was refused here, and for each made-up value that could not be taken over. Throws
  // RecordingError, and changes nothing, when the file is no recording. No requests may be handled
  // meanwhile. (Link chamber_seed.)
  std::vector<std::string> seed(const std::filesystem::path& recording);

  // The state at one moment, to come back to: O(1) too.
  class Snapshot {
    friend class MockAws;
    std::shared_ptr<const void> state_;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

  // For tests of a service's rules, without a request.
  [[nodiscard]] World& world() const;
  [[nodiscard]] const Dispatcher& dispatcher() const;

 private:
  struct Impl;
  explicit MockAws(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cloudchamber::mock
