// Process: the command `cloudchamber`, run as its users run it.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

extern char** environ;

namespace cloudchamber {

class Process {
 public:
  explicit Process(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), CLOUDCHAMBER_COMMAND);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    if (::posix_spawn(&process_, CLOUDCHAMBER_COMMAND, &actions, nullptr, pointers.data(),
                      environ) != 0)
      process_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~Process() {
    if (process_ > 0) ::kill(process_, SIGKILL), ::waitpid(process_, nullptr, 0);
    ::close(output_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // What it has printed, at least up to `text`, or all when it ends before.
  std::string printed_until(const std::string& text) {
    std::array<char, 4096> buffer;
    while (printed_.find(text) == std::string::npos) {
      const ssize_t count = ::read(output_, buffer.data(), buffer.size());
      if (count <= 0) break;
      printed_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return printed_;
  }

  void send_signal(int signal) const { ::kill(process_, signal); }

  // Its exit status, or -1 when it did not exit by itself.
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string printed_;
};

}  // namespace cloudchamber
