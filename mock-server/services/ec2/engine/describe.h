// Describe: the one engine behind the Describe operations: ids, filters, pages.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mock-server/services/ec2/engine/kind.h"
#include "mock-server/services/ec2/engine/run.h"

namespace cloudchamber::mock::ec2 {

// The rows that a call asks for, not copied: valid as long as the state.
struct Selection {
  std::vector<const Resources::value_type*> rows;  // in the order of their ids
  std::optional<std::string> next_token;
};

// What an operation asks for beyond ids and filters (Owners); empty for nothing more.
using Wanted = std::function<bool(const Resource& resource)>;

// By the call's ids (the kind's `ids`), Filters, MaxResults and NextToken. Throws Malformed and
// NotFound for ids, InvalidParameterValue, InvalidParameterCombination, InvalidPaginationToken.
[[nodiscard]] Selection select(const View& view, const Kind& kind, const Wanted& wanted = {});

// {kind.list: [...], "NextToken": ...}
[[nodiscard]] Json describe(const Call& call, const Ec2& state, const Kind& kind,
                            const Wanted& wanted = {});

// The handler of a Describe operation that needs nothing else:
// {"DescribeVpcs", describes<kVpc>}.
template <const Kind& kind>
Json describe_kind(Call& call, const Ec2& state) {
  return describe(call, state, kind);
}
template <const Kind& kind>
inline constexpr ReadHandler describes = reads<describe_kind<kind>>;

}  // namespace cloudchamber::mock::ec2
