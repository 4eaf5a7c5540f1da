#include <mutex>
#include <optional>
#include <utility>

#include "cloudchamber/session.h"

namespace cloudchamber {
namespace {

struct DefaultSession {
  std::mutex mutex;
  std::optional<Session> session;
};

DefaultSession& the_default() {
  static DefaultSession value;
  return value;
}

}  // namespace

Session default_session() {
  DefaultSession& holder = the_default();
  const std::lock_guard lock(holder.mutex);
  if (!holder.session) holder.session.emplace();
  return *holder.session;
}

void setup_default_session(SessionOptions options) {
  Session session(std::move(options));
  DefaultSession& holder = the_default();
  const std::lock_guard lock(holder.mutex);
  holder.session = std::move(session);
}

Client client(std::string_view service, const ClientOptions& options) {
  return default_session().client(service, options);
}

}  // namespace cloudchamber
