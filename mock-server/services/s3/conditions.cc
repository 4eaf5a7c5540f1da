#include "mock-server/services/s3/conditions.h"

namespace cloudchamber::mock::s3 {
namespace {

std::string_view bare(std::string_view tag) {
  while (!tag.empty() && (tag.front() == ' ' || tag.front() == '\t')) tag.remove_prefix(1);
  while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) tag.remove_suffix(1);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
    tag = tag.substr(1, tag.size() - 2);
  }
  return tag;
}

// Times on the wire have whole seconds.
auto seconds(TimePoint time) { return std::chrono::floor<Seconds>(time); }

}  // namespace

bool names_etag(std::string_view header, std::string_view etag) {
  const std::string_view wanted = bare(etag);
  while (true) {
    const std::size_t comma = header.find(',');
    const std::string_view tag = bare(header.substr(0, comma));
    if (tag == "*" || tag == wanted) return true;
    if (comma == std::string_view::npos) return false;
    header.remove_prefix(comma + 1);
  }
}

Judgement judge_read(const Conditions& conditions, std::string_view etag, TimePoint last_modified,
                     TimePoint now) {
  if (conditions.if_match) {
    if (!names_etag(*conditions.if_match, etag)) return {Verdict::kFails, "If-Match"};
  } else if (conditions.if_unmodified_since &&
             seconds(last_modified) > seconds(*conditions.if_unmodified_since)) {
    return {Verdict::kFails, "If-Unmodified-Since"};
  }
  if (conditions.if_none_match) {
    if (names_etag(*conditions.if_none_match, etag)) {
      return {Verdict::kNotModified, "If-None-Match"};
    }
  } else if (conditions.if_modified_since && *conditions.if_modified_since <= now &&
             seconds(last_modified) <= seconds(*conditions.if_modified_since)) {
    return {Verdict::kNotModified, "If-Modified-Since"};
  }
  return {};
}

Judgement judge_copy_source(const Conditions& conditions, std::string_view etag,
                            TimePoint last_modified, TimePoint now) {
  Judgement judgement = judge_read(conditions, etag, last_modified, now);
  if (judgement.verdict == Verdict::kNotModified) judgement.verdict = Verdict::kFails;
  return judgement;
}

}  // namespace cloudchamber::mock::s3
