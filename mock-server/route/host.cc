#include "mock-server/route/host.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mock-server/route/known_services.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock {
namespace {

constexpr std::array<std::string_view, 3> kDomainsOfAws = {"amazonaws.com", "amazonaws.com.cn",
                                                           "api.aws"};

std::string without_port(std::string_view authority) {
  return lowered(authority.substr(0, authority.rfind(':')));
}

// What stands before `.suffix`; nothing when the host does not end so.
std::optional<std::string_view> before(std::string_view host, std::string_view suffix) {
  if (host == suffix) return std::string_view();
  if (host.size() <= suffix.size() || !host.ends_with(suffix)) return std::nullopt;
  host.remove_suffix(suffix.size());
  if (host.back() != '.') return std::nullopt;
  host.remove_suffix(1);
  return host;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> labels;
  while (!text.empty()) {
    const std::size_t dot = text.find('.');
    labels.push_back(text.substr(0, dot));
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
  return labels;
}

// "us-west-2", "ap-southeast-1", "us-gov-east-1".
bool is_region(std::string_view label) {
  return label.size() >= 7 && std::count(label.begin(), label.end(), '-') >= 2 &&
         label.back() >= '0' && label.back() <= '9' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_s3_label(std::string_view label) {
  return label == "s3" || label.starts_with("s3express-") ||
         (label.starts_with("s3-") &&
          (is_region(label.substr(3)) || label == "s3-external-1" || label == "s3-accelerate"));
}

std::string_view service_of_label(std::string_view label) {
  if (label == "queue") return "sqs";
  if (label == "ddb") return "dynamodb";  // 123456789012.ddb.us-east-1.amazonaws.com
  const KnownService* known = service_signed_as(label);
  return known == nullptr || known->signing_name == "s3" ? std::string_view() : known->signing_name;
}

// The labels before the domain: "bucket.with.dots.s3.us-west-2", "sqs.us-east-1", "s3", "bucket".
void understand_labels(std::string_view prefix, bool bare_name_is_bucket, HostMeaning& meaning) {
  const std::vector<std::string_view> labels = split(prefix);
  for (const std::string_view label : labels) {
    if (is_region(label)) meaning.region = label;
  }
  // The last such label: a bucket may be named so too.
  for (std::size_t i = labels.size(); i-- > 0;) {
    if (!is_s3_label(labels[i])) continue;
    meaning.service = "s3";
    if (labels[i].starts_with("s3-") && is_region(labels[i].substr(3)))
      meaning.region = labels[i].substr(3);
    if (i > 0) {
      const char* const end = labels[i - 1].data() + labels[i - 1].size();
      meaning.bucket = prefix.substr(0, static_cast<std::size_t>(end - prefix.data()));
    }
    return;
  }
  for (const std::string_view label : labels) {
    const std::string_view service = service_of_label(label);
    if (service.empty()) continue;
    meaning.service = service;
    return;
  }
  if (bare_name_is_bucket && !prefix.empty()) {
    meaning.service = "s3";
    meaning.bucket = prefix;
    meaning.region.clear();
  }
}

}  // namespace

bool is_host_of_aws(std::string_view authority) {
  const std::string host = without_port(authority);
  return std::any_of(kDomainsOfAws.begin(), kDomainsOfAws.end(),
                     [&](std::string_view domain) { return before(host, domain).has_value(); });
}

HostMeaning understand_host(std::string_view authority) {
  const std::string host = without_port(authority);
  HostMeaning meaning;
  for (const std::string_view domain : kDomainsOfAws) {
    if (const auto prefix = before(host, domain)) understand_labels(*prefix, false, meaning);
  }
  for (const std::string_view domain :
       {"localhost.localstack.cloud", "localhost", "127.0.0.1.nip.io"}) {
    const auto prefix = before(host, domain);
    if (!prefix) continue;
    understand_labels(*prefix, true, meaning);
    break;
  }
  return meaning;
}

}  // namespace cloudchamber::mock
