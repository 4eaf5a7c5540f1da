#include "sdk/model/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sdk/codec/ascii.h"

namespace cloudchamber {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words that boto3 splits by hand, because the rules would tear them apart.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWholeWords = {
    {{"CachediSCSI", "CachedIscsi"},
     {"StorediSCSI", "StoredIscsi"},
     {"ListHITsForQualificationType", "ListHitsForQualificationType"},
     {"PartiQL", "Partiql"},
     {"WhatsApp", "Whatsapp"},
     {"OTelEnrichment", "OtelEnrichment"}}};
// Names that hold such a word and are none of boto3's special cases keep the rules.
constexpr std::array<std::string_view, 29> kSpecialNames = {
    "CreateCachediSCSIVolume",
    "DescribeCachediSCSIVolumes",
    "DescribeStorediSCSIVolumes",
    "CreateStorediSCSIVolume",
    "ListHITsForQualificationType",
    "ExecutePartiQLStatement",
    "ExecutePartiQLTransaction",
    "ExecutePartiQLBatch",
    "AssociateWhatsAppBusinessAccount",
    "CreateWhatsAppMessageTemplate",
    "CreateWhatsAppMessageTemplateFromLibrary",
    "CreateWhatsAppMessageTemplateMedia",
    "DeleteWhatsAppMessageMedia",
    "DeleteWhatsAppMessageTemplate",
    "DisassociateWhatsAppBusinessAccount",
    "GetLinkedWhatsAppBusinessAccount",
    "GetLinkedWhatsAppBusinessAccountPhoneNumber",
    "GetOTelEnrichment",
    "GetWhatsAppMessageMedia",
    "GetWhatsAppMessageTemplate",
    "ListLinkedWhatsAppBusinessAccounts",
    "ListWhatsAppMessageTemplates",
    "ListWhatsAppTemplateLibrary",
    "PostWhatsAppMessageMedia",
    "PutWhatsAppBusinessAccountEventDestinations",
    "SendWhatsAppMessage",
    "StartOTelEnrichment",
    "StopOTelEnrichment",
    "UpdateWhatsAppMessageTemplate"};

std::string with_whole_words(std::string_view name) {
  std::string result(name);
  if (std::find(kSpecialNames.begin(), kSpecialNames.end(), name) == kSpecialNames.end()) {
    return result;
  }
  for (const auto& [torn, whole] : kWholeWords) {
    if (const std::size_t at = result.find(torn); at != std::string::npos) {
      result.replace(at, torn.size(), whole);
    }
  }
  return result;
}

// "GatewayARNs" -> "Gateway_arns": a run of two capitals or more and the plural's s at the end.
std::string with_plural_acronym(std::string name, char separator) {
  if (name.size() < 3 || name.back() != 's') return name;
  std::size_t start = name.size() - 1;
  while (start > 0 && is_upper(name[start - 1])) --start;
  if (name.size() - 1 - start < 2) return name;
  for (std::size_t i = start; i < name.size(); ++i) name[i] = lower(name[i]);
  name.insert(start, 1, separator);
  return name;
}

// A separator before each capital that lower case letters follow: "HTTPServer" -> "HTTP_Server".
// Matches do not overlap, as a regular expression's would not.
std::string with_words(const std::string& name, char separator) {
  std::string result;
  for (std::size_t i = 0; i < name.size();) {
    const bool word = i + 2 < name.size() && is_upper(name[i + 1]) && is_lower(name[i + 2]);
    result += name[i++];
    if (!word) continue;
    result += separator;
    result += name[i++];
    while (i < name.size() && is_lower(name[i])) result += name[i++];
  }
  return result;
}

// A separator between a small letter or digit and the capital after it.
std::string with_ends(const std::string& name, char separator) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && is_upper(name[i]) && (is_lower(name[i - 1]) || is_digit(name[i - 1]))) {
      result += separator;
    }
    result += name[i];
  }
  return result;
}

constexpr int kEdit = 4;
constexpr int kCaseEdit = 1;
constexpr std::size_t kLongestName = 256;

int replacing(char a, char b) {
  if (a == b) return 0;
  return lower(a) == lower(b) ? kCaseEdit : kEdit;
}

// Optimal string alignment, three rows at a time.
int distance(std::string_view a, std::string_view b) {
  std::vector<int> before(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j) * kEdit;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i) * kEdit;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min(
          {last[j] + kEdit, row[j - 1] + kEdit, last[j - 1] + replacing(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + kEdit);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string xform_name(std::string_view name, char separator) {
  if (name.find(separator) != std::string_view::npos) return std::string(name);
  std::string result =
      with_words(with_plural_acronym(with_whole_words(name), separator), separator);
  result = with_ends(result, separator);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& names) {
  if (name.size() > kLongestName) return {};
  std::string_view nearest;
  int fewest = static_cast<int>(name.size()) * kEdit / 3 + 1;
  for (const std::string_view candidate : names) {
    if (candidate.size() > kLongestName) continue;
    const int edits = distance(name, candidate);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace cloudchamber
