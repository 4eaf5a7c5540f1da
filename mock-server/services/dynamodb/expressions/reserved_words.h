// The words that can't stand for an attribute in an expression:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
#pragma once

#include <string_view>

namespace cloudchamber::mock::dynamodb {

// In any case of letters. Pure.
[[nodiscard]] bool is_reserved_word(std::string_view word);

}  // namespace cloudchamber::mock::dynamodb
