#include "mock-server/services/sqs/batch.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "mock-server/services/sqs/limits.h"
#include "mock-server/services/sqs/queues.h"

namespace cloudchamber::mock::sqs {
namespace {

bool is_entry_id(const std::string& id) {
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  return !id.empty() && id.size() <= kMaxBatchEntryId && std::all_of(id.begin(), id.end(), allowed);
}

}  // namespace

void check_entries(const Call& call, const std::string& entry_type) {
  const Json& entries = call.at("Entries");
  if (entries.empty()) {
    throw AwsError("EmptyBatchRequest",
                   "There should be at least one " + entry_type + " in the request.");
  }
  if (entries.size() > kMaxBatchEntries) {
    throw AwsError("TooManyEntriesInBatchRequest",
                   "Maximum number of entries per request are 10. You have sent " +
                       std::to_string(entries.size()) + ".");
  }
  std::set<std::string> ids;
  for (const Json& entry : entries) {
    const std::string id = entry.value("Id", std::string());
    if (!is_entry_id(id)) {
      throw AwsError("InvalidBatchEntryId",
                     "A batch entry id can only contain alphanumeric characters, hyphens and "
                     "underscores. It can be at "
                     "most 80 letters long.");
    }
    if (!ids.insert(id).second)
      throw AwsError("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
  }
}

Json run_batch(const Call& call, const std::string& entry_type,
               const std::function<Json(const Json&)>& one) {
  const Json& entries = call.at("Entries");
  check_entries(call, entry_type);
  Json successful = Json::array();
  Json failed = Json::array();
  for (const Json& entry : entries) {
    try {
      Json result = one(entry);
      result["Id"] = entry["Id"];
      successful.push_back(std::move(result));
    } catch (const AwsError& error) {
      failed.push_back({{"Id", entry["Id"]},
                        {"Code", error.code()},
                        {"Message", error.message()},
                        {"SenderFault", true}});
    }
  }
  // The query protocol gives no empty elements; JSON leaves out what is empty as well.
  Json result = Json::object();
  if (!successful.empty()) result["Successful"] = std::move(successful);
  if (!failed.empty()) result["Failed"] = std::move(failed);
  return result;
}

}  // namespace cloudchamber::mock::sqs
