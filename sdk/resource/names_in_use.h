// The names of one resource's members, each used once.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace cloudchamber {

// boto3 names a member after the model, in snake case. Where that name is taken it appends what the
// member is: NetworkInterfaces of an instance are the reference "network_interfaces" and the
// attribute "network_interfaces_attribute". Who comes first keeps the name, in this order: load,
// identifiers, actions, references, collections, waiters, attributes. Sub-resources come last:
// boto3 writes them in camel case, where they meet nobody.
class NamesInUse {
 public:
  // The name for `name`, which is from now on in use. Throws ModelError when neither is free.
  std::string take(std::string_view name, std::string_view kind);
  void reserve(std::string name) { used_.insert(std::move(name)); }

 private:
  std::set<std::string> used_;
};

}  // namespace cloudchamber
