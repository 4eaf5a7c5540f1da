// Replayer: finds in a recording what a call was answered.
//
// A call is recognised by service, operation, region and parameters, idempotency tokens left out:
// so it does not matter who signed it, when, or in what order parallel clients call. Equal calls
// get their answers in the order recorded, and from then on the last of them again, as the end of
// a waiter's polling. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "sdk/model/service_model.h"
#include "sdk/recording/recording.h"

namespace cloudchamber {

class Replayer {
 public:
  // Interactions without a meaning are never found.
  explicit Replayer(Recording recording);

  // The answer to the call, null when the recording has none. Valid as long as the replayer.
  [[nodiscard]] const Interaction* next(const ServiceModel& service, const Operation& operation,
                                        const std::string& region, const Json& parameters);

  // Why next() found nothing: the recorded call that is nearest, and where it differs.
  [[nodiscard]] std::string explain(const ServiceModel& service, const Operation& operation,
                                    const std::string& region, const Json& parameters) const;

  // What nobody has asked for yet.
  [[nodiscard]] std::vector<const Interaction*> unused() const;

  [[nodiscard]] const Recording& recording() const { return recording_; }

 private:
  struct Sequence {
    std::vector<std::size_t> interactions;
    std::size_t next = 0;
  };
  const Recording recording_;
  mutable std::mutex mutex_;
  std::map<std::string, Sequence> by_call_;
};

}  // namespace cloudchamber
