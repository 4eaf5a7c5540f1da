// One recorded answer held against the simulated AWS's: headers that matter, error, result,
// content.
#pragma once

#include <vector>

#include "cloudchamber/http.h"
#include "recordings/bind/recorded_call.h"
#include "recordings/verify/compare.h"

namespace cloudchamber::recordings {

// Some recorders keep a request's type without its parameters: then none has any.
[[nodiscard]] bool are_types_cut(const std::vector<RecordedCall>& calls);

// Of a call that both granted.
void compare_results(const RecordedCall& call, HttpResponse mock, bool types_were_cut,
                     Comparison& comparison);
// Of one that both refused.
void compare_errors(const RecordedCall& call, const ParsedError& ours, Comparison& comparison);
// Of either.
void compare_headers(const Operation& operation, bool succeeded, const Headers& recorded,
                     const Headers& mock, Comparison& comparison);

}  // namespace cloudchamber::recordings
