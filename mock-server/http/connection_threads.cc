#include "mock-server/http/connection_threads.h"

#include <system_error>
#include <utility>

namespace cloudchamber::mock {

ConnectionThreads::ConnectionThreads(std::size_t max_threads) : max_threads_(max_threads) {}

ConnectionThreads::~ConnectionThreads() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool ConnectionThreads::run(Job job) {
  bool waits = false;
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    if (jobs_.size() > idle_) {
      waits = true;
      if (threads_.size() < max_threads_) {
        try {
          threads_.emplace_back([this] { work(); });
          waits = false;
        } catch (const std::system_error&) {
          // The machine has no more threads: as if the bound were here.
        }
      }
    }
    if (waits) crowded_ = true;
  }
  changed_.notify_one();
  return waits;
}

std::size_t ConnectionThreads::waiting() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

// Threads that are idle but not awake yet have a job each that is as good as taken.
void ConnectionThreads::count_crowd() {
  if (jobs_.size() <= idle_) crowded_ = false;
}

void ConnectionThreads::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    --idle_;
    if (jobs_.empty()) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    count_crowd();
    lock.unlock();
    job();
    lock.lock();
  }
}

}  // namespace cloudchamber::mock
