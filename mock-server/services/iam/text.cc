#include "mock-server/services/iam/text.h"

#include <algorithm>

#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"

namespace cloudchamber::mock::iam {

std::string base32_characters(Call& call, std::size_t count) {
  return call.ids().text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count);
}

std::string unique_id(Call& call, std::string_view prefix) {
  return std::string(prefix) + base32_characters(call, 17);
}

std::string arn_of(const std::string& account, std::string_view kind, const std::string& path,
                   const std::string& name) {
  return "arn:aws:iam::" + account + ':' + std::string(kind) + path + name;
}

std::string shown(TimePoint time) { return iso8601(std::chrono::floor<Seconds>(time)); }

std::string encoded_document(const std::string& document) { return uri_encode(document); }

std::size_t policy_size(std::string_view document) {
  return static_cast<std::size_t>(std::count_if(document.begin(), document.end(), [](char c) {
    return c != ' ' && c != '\t' && c != '\n' && c != '\r';
  }));
}

}  // namespace cloudchamber::mock::iam
