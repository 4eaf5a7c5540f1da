// How a command serves until the user ends it.
#pragma once

#include <csignal>

namespace cloudchamber::command {

// Made before any thread is, so that all inherit it: SIGINT and SIGTERM come to wait() alone.
class UntilStopped {
 public:
  UntilStopped() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_;
};

}  // namespace cloudchamber::command
