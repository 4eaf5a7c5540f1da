// Service: the table of what is emulated of one AWS service: a line an operation, on one screen.
//
//   Service make_service() {
//     return Service("sqs").on("SendMessage", send_message).on("GetQueueUrl", get_queue_url);
//   }
//
// A handler is a function `Json f(Call&, State&)` (writes: it gets a working copy, committed when
// it returns), `Json f(Call&, const State&)` (reads: a snapshot; it waits for nobody), or `Json
// f(Call&)` (has no state); or with several states, `Json f(Call&, State&, const Other&)`. `State`
// is a copyable struct of Tables (state/table.h), default-constructible, with `static constexpr
// Scope kScope`. An operation of the model without a line is answered with NotImplemented, by name.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/call/service_hooks.h"
#include "mock-server/state/world.h"

namespace cloudchamber::mock {

class Service {
 public:
  // Runs the handler on the transaction's view of the state. `write` tells the pipeline which kind
  // of turn it needs.
  struct Handler {
    bool write = false;
    Scope scope = Scope::kNone;
    std::function<Json(Call&, Transaction&)> run;
  };

  // Checks a decoded input before its handler runs: where AWS validates against the model, the
  // service says how it words it. May be empty.
  using Validate = std::function<void(const Call&)>;

  // Whose state a call is about.
  using AccountOf = std::string (*)(const Call&);

  explicit Service(std::string name) : name_(std::move(name)) {}

  template <class State>
  Service&& on(std::string operation, Json (*handler)(Call&, State&)) && {
    const AccountOf account_of = account_of_;
    const auto run = [handler, account_of](Call& call, Transaction& transaction) {
      return handler(call, state<State>(call, transaction, account_of));
    };
    Handler entry{!std::is_const_v<State>, std::remove_const_t<State>::kScope, run};
    handlers_.insert_or_assign(std::move(operation), std::move(entry));
    return std::move(*this);
  }
  // Turns are taken before anything is read: what is read then is as new as what is written.
  template <class First, class Second>
  Service&& on(std::string operation, Json (*handler)(Call&, First&, Second&)) && {
    constexpr bool kWrites = !std::is_const_v<First> || !std::is_const_v<Second>;
    const AccountOf account_of = account_of_;
    const auto run = [handler, account_of](Call& call, Transaction& transaction) {
      take_turn<First>(call, transaction, account_of);
      take_turn<Second>(call, transaction, account_of);
      return handler(call, state<First>(call, transaction, account_of),
                     state<Second>(call, transaction, account_of));
    };
    handlers_.insert_or_assign(std::move(operation),
                               Handler{kWrites, std::remove_const_t<First>::kScope, run});
    return std::move(*this);
  }
  Service&& on(std::string operation, Json (*handler)(Call&)) && {
    handlers_.insert_or_assign(std::move(operation),
                               Handler{false, Scope::kNone, [handler](Call& call, Transaction&) {
                                         return handler(call);
                                       }});
    return std::move(*this);
  }
  Service&& validated_by(Validate validate) && {
    validate_ = std::move(validate);
    return std::move(*this);
  }

  // For the lines that follow: their state is that of the account which the call names, rather than
  // of the caller's own. The handler must see to it that the caller may touch it.
  Service&& in_account(AccountOf account_of) && {
    account_of_ = account_of;
    return std::move(*this);
  }

  Service&& with_hooks(ServiceHooks hooks) && {
    hooks_ = std::move(hooks);
    return std::move(*this);
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const Handler* find(std::string_view operation) const;
  [[nodiscard]] const std::map<std::string, Handler, std::less<>>& handlers() const {
    return handlers_;
  }
  [[nodiscard]] const Validate& validate() const { return validate_; }
  [[nodiscard]] const ServiceHooks& hooks() const { return hooks_; }

 private:
  template <class State>
  static void take_turn(Call& call, Transaction& transaction, AccountOf account_of) {
    if constexpr (!std::is_const_v<State>)
      static_cast<void>(state<State>(call, transaction, account_of));
  }
  template <class State>
  static State& state(Call& call, Transaction& transaction, AccountOf account_of) {
    if constexpr (std::is_const_v<State>) {
      return transaction.template read<std::remove_const_t<State>>(account_of(call), call.region());
    } else {
      return transaction.template write<State>(account_of(call), call.region());
    }
  }

  std::string name_;
  std::map<std::string, Handler, std::less<>> handlers_;
  Validate validate_;
  AccountOf account_of_ = [](const Call& call) { return call.account(); };
  ServiceHooks hooks_;
};

}  // namespace cloudchamber::mock
