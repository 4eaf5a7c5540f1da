#include "mock-server/state/world.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "mock-server/state/table.h"

namespace cloudchamber::mock {
namespace {

using Root = Table<StateKey, std::shared_ptr<const AnyState>>;

}  // namespace

class World::Snapshot {
 public:
  Root root;
  std::uint64_t ids = 0;
};

struct World::Impl {
  std::mutex mutex;  // of what follows; held for moments only
  Root root;
  std::map<std::string, std::unique_ptr<std::mutex>>
      turns;  // of each account; "" is the shared one
  std::vector<Signal*> waiting;
  bool waits_ended = false;

  [[nodiscard]] Root current() {
    const std::lock_guard lock(mutex);
    return root;
  }
  [[nodiscard]] std::mutex& turn_of(const std::string& account) {
    const std::lock_guard lock(mutex);
    std::unique_ptr<std::mutex>& turn = turns[account];
    if (!turn) turn = std::make_unique<std::mutex>();
    return *turn;
  }
  void replace(Root next) {
    const std::lock_guard lock(mutex);
    std::swap(root, next);  // the old root, perhaps the last of a large state, goes after the lock
    for (Signal* signal : waiting) signal->raise();
  }
};

class Transaction::Savepoint {
 public:
  std::map<StateKey, std::shared_ptr<AnyState>> working;
};

struct Transaction::Impl {
  Impl(World& of, World::Impl& world_impl)
      : world(of), shared(world_impl), base(world_impl.current()) {}

  World& world;
  World::Impl& shared;
  Root base;
  std::vector<Root> seen;  // earlier bases: what was read from them stays valid
  std::map<StateKey, std::shared_ptr<AnyState>> working;
  std::map<StateKey, std::shared_ptr<const AnyState>> looked_at;  // null where there was none yet
  std::map<StateKey, std::shared_ptr<const AnyState>> defaults;
  std::map<std::string, std::unique_lock<std::mutex>> turns;

  void take_turn(const std::string& account) {
    if (turns.contains(account)) return;
    if (!account.empty() && turns.contains(""))
      throw std::logic_error("an account's turn is taken before the shared one");
    turns.emplace(account, std::unique_lock(shared.turn_of(account)));
    // Others may have committed while we waited for the turn.
    seen.push_back(std::move(base));
    base = shared.current();
  }

  [[nodiscard]] std::shared_ptr<const AnyState> in_base(const StateKey& key) const {
    const auto* state = base.find(key);
    return state == nullptr ? nullptr : *state;
  }

  void give_turns_back() {
    working.clear();
    turns.clear();
  }
};

Transaction::Transaction(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

const AnyState& Transaction::read_any(const StateKey& key, Make make_default) {
  if (const auto own = impl_->working.find(key); own != impl_->working.end()) return *own->second;
  const std::shared_ptr<const AnyState> state = impl_->in_base(key);
  impl_->looked_at.insert_or_assign(key, state);
  if (state) return *state;
  std::shared_ptr<const AnyState>& empty = impl_->defaults[key];
  if (!empty) empty = make_default();
  return *empty;
}

AnyState& Transaction::write_any(const std::string& account, const StateKey& key,
                                 Make make_default) {
  if (const auto own = impl_->working.find(key); own != impl_->working.end()) return *own->second;
  if (!impl_->turns.contains(key.account)) {
    // Shared state too goes with the caller's account: an operation on it may reach into that
    // account later.
    if (!impl_->turns.contains("")) impl_->take_turn(account);
    impl_->take_turn(key.account);
  }
  const std::shared_ptr<const AnyState> state = impl_->in_base(key);
  impl_->looked_at.insert_or_assign(key, state);
  return *impl_->working.emplace(key, state ? state->clone() : make_default()).first->second;
}

void Transaction::commit() {
  if (!impl_->working.empty()) {
    const std::lock_guard lock(impl_->shared.mutex);
    Root& root = impl_->shared.root;
    for (auto& [key, state] : impl_->working) root.put(key, std::move(state));
    for (Signal* signal : impl_->shared.waiting) signal->raise();
  }
  impl_->give_turns_back();
}

void Transaction::wait_for_change(TimePoint until) {
  impl_->give_turns_back();
  World::Impl& shared = impl_->shared;
  for (;;) {
    Signal signal;
    {
      const std::lock_guard lock(shared.mutex);
      for (const auto& [key, then] : impl_->looked_at) {
        const auto* now = shared.root.find(key);
        if ((now == nullptr ? nullptr : *now) != then) return;
      }
      if (shared.waits_ended) return;
      shared.waiting.push_back(&signal);
    }
    const bool changed = impl_->world.clock().wait_until(until, &signal);
    const std::lock_guard lock(shared.mutex);
    std::erase(shared.waiting, &signal);
    if (!changed) return;
  }
}

std::shared_ptr<const Transaction::Savepoint> Transaction::save() const {
  auto savepoint = std::make_shared<Savepoint>();
  for (const auto& [key, state] : impl_->working) savepoint->working.emplace(key, state->clone());
  return savepoint;
}

void Transaction::restore(const Savepoint& savepoint) {
  std::erase_if(impl_->working,
                [&](const auto& entry) { return !savepoint.working.contains(entry.first); });
  // Assigned, not exchanged: the operation outside holds references to its states.
  for (const auto& [key, state] : savepoint.working) impl_->working.at(key)->assign(*state);
}

World::World(std::shared_ptr<Clock> clock, std::uint64_t seed)
    : clock_(std::move(clock)), ids_(seed), seed_(seed), impl_(std::make_unique<Impl>()) {}
World::~World() = default;

Transaction World::begin() {
  return Transaction(std::make_unique<Transaction::Impl>(*this, *impl_));
}

std::shared_ptr<const World::Snapshot> World::snapshot() {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->root = impl_->current();
  snapshot->ids = ids_.state();
  return snapshot;
}

void World::restore(const std::shared_ptr<const Snapshot>& snapshot) {
  impl_->replace(snapshot->root);
  ids_.reseed(snapshot->ids);
}

std::unique_ptr<World> World::fork() {
  auto world = std::make_unique<World>(clock_, seed_);
  world->restore(snapshot());
  return world;
}

void World::reset() { reset(seed_); }

void World::reset(std::uint64_t seed) {
  impl_->replace(Root());
  seed_ = seed;
  ids_.reseed(seed);
}

void World::end_waits(bool end) {
  const std::lock_guard lock(impl_->mutex);
  impl_->waits_ended = end;
  for (Signal* signal : impl_->waiting) signal->raise();
}

bool World::waits_ended() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->waits_ended;
}

}  // namespace cloudchamber::mock
