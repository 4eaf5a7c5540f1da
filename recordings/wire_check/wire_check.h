// The four-way check: each of the four interpreters of the models alone against what real AWS and
// its clients put on the wire.
//
//   serialize(parameters) = the recorded request    decode(request) = the parameters
//   parse(response) = the recorded result           encode(result) = the recorded response
//
// up to the freedoms of freedoms.h. Where a recording holds no parameters or result, they are what
// decode and parse make of it: then serialize and encode show that nothing was lost or changed, and
// decode and parse are checked by being done again on what those wrote. What is known to differ and
// to be right stands in exclusions.cc, each with its reason.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "recordings/import/import.h"
#include "recordings/understand.h"
#include "recordings/wire_check/freedoms.h"
#include "sdk/recording/recording.h"

namespace cloudchamber::recordings {

enum class Half { kSerialize, kDecode, kParse, kEncode };
[[nodiscard]] const char* name_of(Half half);

struct Finding {
  Half half = Half::kSerialize;
  std::string service;
  std::string operation;
  std::string where;
  std::string difference;
};

struct Tally {
  std::size_t agreed = 0;
  std::size_t excluded = 0;
  std::size_t differed = 0;
};

// Thread-compatible: one at a time.
class WireCheck {
 public:
  // Both halves on both messages; nothing where no model knows the request.
  void check(const Interaction& interaction, const std::string& where);

  // A parsed response: of a pair, parse gives the recorded result and encode the recorded body; of
  // the others, parse gives back what encode wrote.
  void check(const ParsedResponse& response);

  // By half and service ("sqs").
  [[nodiscard]] const std::map<std::string, std::array<Tally, 4>>& tallies() const {
    return tallies_;
  }
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  // What was excluded, by reason.
  [[nodiscard]] const std::map<std::string, std::size_t>& excluded() const { return excluded_; }

 private:
  void note(Half half, const ServiceModel& service, const std::string& operation,
            const std::string& where, const Differences& differences);
  void check_request(const Understood& call, const Interaction& interaction,
                     const std::string& where);
  void check_response(const Understood& call, const Interaction& interaction,
                      const std::string& where);
  void check_pair(const ServiceModel& service, const Operation& operation,
                  const ParsedResponse& pair);
  void check_parsed(const ServiceModel& service, const Operation& operation,
                    const ParsedResponse& response);
  void check_parsed_error(const ServiceModel& service, const Operation& operation,
                          const ParsedResponse& response);

  const Understanding understanding_;
  std::map<std::string, std::array<Tally, 4>> tallies_;
  std::vector<Finding> findings_;
  std::map<std::string, std::size_t> excluded_;
};

}  // namespace cloudchamber::recordings
