// World: the whole simulated AWS as a value: the state of every service of every account and
// region.
//
// State is made of persistent tables (table.h), so that a snapshot, a fork or a restore is O(1):
// readers run on a snapshot and wait for nobody; a writer works on a copy that is committed when
// its handler returns and dropped when it throws. One writer at a time per account, besides one for
// what all accounts share (S3's bucket namespace); readers unlimited.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <typeindex>

#include "cloudchamber/clock.h"
#include "mock-server/state/ids.h"

namespace cloudchamber::mock {

// How far one instance of a service's state reaches.
enum class Scope { kNone, kRegion /* of one account */, kAccount, kShared /* by all accounts */ };

// The state of one service in one place, its type erased.
class AnyState {
 public:
  virtual ~AnyState() = default;
  [[nodiscard]] virtual std::shared_ptr<AnyState> clone() const = 0;
  virtual void assign(const AnyState& other) = 0;  // of the same type
};

template <class State>
class StateOf : public AnyState {
 public:
  State value;
  [[nodiscard]] std::shared_ptr<AnyState> clone() const override {
    return std::make_shared<StateOf>(*this);
  }
  void assign(const AnyState& other) override { value = static_cast<const StateOf&>(other).value; }
};

struct StateKey {
  std::string account;  // "" when shared
  std::string region;   // "" when not regional
  std::type_index type;
  friend bool operator==(const StateKey&, const StateKey&) = default;
  friend bool operator<(const StateKey& a, const StateKey& b) {
    return std::tie(a.account, a.region, a.type) < std::tie(b.account, b.region, b.type);
  }
};

class World;

// A view of the world for one request, and what it changes. Not thread-safe; dropped without
// commit() it leaves no trace.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  ~Transaction();

  // The state as this transaction sees it: its own change, else the snapshot it began with; a
  // default-made one when there is none yet. Valid as long as the transaction.
  template <class State>
  [[nodiscard]] const State& read(const std::string& account, const std::string& region) {
    return static_cast<const StateOf<State>&>(read_any(key_of<State>(account, region), make<State>))
        .value;
  }

  // The working copy, made at the first call; takes the account's turn, and for shared state the
  // shared one after it, until the end of the transaction. Throws std::logic_error when that would
  // take an account's turn after the shared one, since two transactions could then wait for each
  // other for ever.
  template <class State>
  [[nodiscard]] State& write(const std::string& account, const std::string& region) {
    return static_cast<StateOf<State>&>(
               write_any(account, key_of<State>(account, region), make<State>))
        .value;
  }

  // Makes the changes visible to all, at once, and ends the transaction.
  void commit();

  // Drops the changes, gives the turns back, and blocks until a state that this transaction read or
  // wrote has been changed by another, or until `until` has come on the world's clock. Ends the
  // transaction.
  void wait_for_change(TimePoint until);

  // The changes made so far, to come back to: what an operation inside an operation leaves behind
  // when it fails is undone.
  class Savepoint;
  [[nodiscard]] std::shared_ptr<const Savepoint> save() const;
  void restore(const Savepoint& savepoint);

 private:
  friend class World;
  using Make = std::shared_ptr<AnyState> (*)();
  struct Impl;
  explicit Transaction(std::unique_ptr<Impl> impl);

  template <class State>
  static std::shared_ptr<AnyState> make() {
    return std::make_shared<StateOf<State>>();
  }
  template <class State>
  static StateKey key_of(const std::string& account, const std::string& region) {
    return {State::kScope == Scope::kShared ? std::string() : account,
            State::kScope == Scope::kRegion ? region : std::string(),
            std::type_index(typeid(State))};
  }
  const AnyState& read_any(const StateKey& key, Make make_default);
  AnyState& write_any(const std::string& account, const StateKey& key, Make make_default);

  std::unique_ptr<Impl> impl_;
};

// Thread-safe.
class World {
 public:
  World(std::shared_ptr<Clock> clock, std::uint64_t seed);
  ~World();

  // A view of the world as it stands now.
  [[nodiscard]] Transaction begin();

  // A snapshot is the whole state at one moment, ids included: O(1) to take, to keep and to
  // restore.
  class Snapshot;
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot();
  void restore(const std::shared_ptr<const Snapshot>& snapshot);
  // A world of its own that begins as this one stands: O(1). It has the same clock and continues
  // the ids' sequence.
  [[nodiscard]] std::unique_ptr<World> fork();
  // Empties the world; ids start from the seed again.
  void reset();
  void reset(std::uint64_t seed);

  // While set, nobody waits for a change: who would, goes on as if his time had come. For a server
  // that is to stop at once.
  void end_waits(bool end);
  [[nodiscard]] bool waits_ended() const;

  [[nodiscard]] Clock& clock() const { return *clock_; }
  [[nodiscard]] const std::shared_ptr<Clock>& shared_clock() const { return clock_; }
  [[nodiscard]] Ids& ids() { return ids_; }

 private:
  friend class Transaction;
  struct Impl;
  std::shared_ptr<Clock> clock_;
  Ids ids_;
  std::atomic<std::uint64_t> seed_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cloudchamber::mock
