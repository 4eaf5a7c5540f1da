#include "mock-server/services/s3/names.h"

#include <algorithm>
#include <array>

#include "mock-server/services/s3/limits.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::size_t kCanonicalIdLength = 64;
constexpr std::size_t kAccountIdLength = 12;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Four groups of digits between dots.
bool looks_like_ip_address(std::string_view name) {
  int dots = 0;
  char previous = '.';
  for (const char c : name) {
    if (c == '.') {
      if (previous == '.') return false;
      ++dots;
    } else if (!is_digit(c)) {
      return false;
    }
    previous = c;
  }
  return dots == 3 && previous != '.';
}

}  // namespace

bool is_valid_bucket_name(std::string_view name) {
  if (name.size() < kMinBucketNameLength || name.size() > kMaxBucketNameLength) return false;
  if (!is_lower_or_digit(name.front()) || !is_lower_or_digit(name.back())) return false;
  const bool characters = std::all_of(name.begin(), name.end(), [](char c) {
    return is_lower_or_digit(c) || c == '.' || c == '-';
  });
  if (!characters || name.find("..") != std::string_view::npos) return false;
  // A label between dots begins and ends with a letter or digit.
  if (name.find(".-") != std::string_view::npos || name.find("-.") != std::string_view::npos) {
    return false;
  }
  if (looks_like_ip_address(name)) return false;
  constexpr std::array<std::string_view, 3> kReservedPrefixes = {"xn--", "sthree-",
                                                                 "amzn-s3-demo-"};
  for (const std::string_view prefix : kReservedPrefixes) {
    if (name.starts_with(prefix)) return false;
  }
  constexpr std::array<std::string_view, 5> kReservedSuffixes = {"-s3alias", "--ol-s3", ".mrap",
                                                                 "--x-s3", "--table-s3"};
  return std::none_of(kReservedSuffixes.begin(), kReservedSuffixes.end(),
                      [&](std::string_view suffix) { return name.ends_with(suffix); });
}

std::string canonical_id(std::string_view account) {
  const std::string digest = hex(sha256("canonical user of " + std::string(account)));
  return digest.substr(0, kCanonicalIdLength - kAccountIdLength) + std::string(account);
}

std::optional<std::string> account_of(std::string_view id) {
  if (id.size() != kCanonicalIdLength) return std::nullopt;
  std::string account(id.substr(kCanonicalIdLength - kAccountIdLength));
  if (!is_account_id(account) || canonical_id(account) != id) return std::nullopt;
  return account;
}

std::string bucket_arn(std::string_view bucket) { return "arn:aws:s3:::" + std::string(bucket); }

std::string object_arn(std::string_view bucket, std::string_view key) {
  return bucket_arn(bucket) + "/" + std::string(key);
}

bool is_account_id(std::string_view text) {
  return text.size() == kAccountIdLength && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_plausible_version_id(std::string_view id) {
  constexpr std::size_t kVersionIdLength = 32;
  if (id == "null") return true;
  return id.size() == kVersionIdLength && std::all_of(id.begin(), id.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                  c == '_' || c == '-';
         });
}

}  // namespace cloudchamber::mock::s3
