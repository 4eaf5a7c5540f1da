// Placeholders: the #names and :values of one request, and which of them its expressions have used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/json.h"

namespace cloudchamber::mock::dynamodb {

class Placeholders {
 public:
  // Of ExpressionAttributeNames and ExpressionAttributeValues, null where absent; both must outlive
  // this. Checks keys and values: else ValidationException.
  Placeholders(const Json* names, const Json* values);

  // What "#name" or ":value" stands for, marked as used; null when it is not defined.
  [[nodiscard]] const std::string* name(std::string_view placeholder);
  [[nodiscard]] const Json* value(std::string_view placeholder);

  // Once all expressions are read: throws ValidationException when one was never used.
  void check_all_used() const;

 private:
  struct Entry {
    const std::string* placeholder;
    const Json* meaning;
    bool used = false;
  };
  static Entry* find(std::vector<Entry>& entries, std::string_view placeholder);

  std::vector<Entry> names_;  // both in the order of their keys
  std::vector<Entry> values_;
};

}  // namespace cloudchamber::mock::dynamodb
