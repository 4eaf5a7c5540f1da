// ConnectionThreads: the threads that run connections, made as they are needed and kept, up to a
// bound.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cloudchamber::mock {

// Thread-safe.
class ConnectionThreads {
 public:
  using Job = std::function<void()>;

  explicit ConnectionThreads(std::size_t max_threads);
  ~ConnectionThreads();  // runs what waits, and joins
  ConnectionThreads(const ConnectionThreads&) = delete;
  ConnectionThreads& operator=(const ConnectionThreads&) = delete;

  // Runs the job on an idle thread, else on a new one; true when it has to wait for one since the
  // bound is reached.
  bool run(Job job);

  [[nodiscard]] std::size_t waiting() const;
  // Is there a job that waits though the bound is reached?
  [[nodiscard]] bool crowded() const { return crowded_; }

 private:
  void work();
  void count_crowd();  // under the mutex

  const std::size_t max_threads_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::atomic<bool> crowded_{false};
  std::vector<std::thread> threads_;
};

}  // namespace cloudchamber::mock
