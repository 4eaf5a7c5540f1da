#include "recordings/masked.h"

#include <cstddef>
#include <set>

#include "sdk/codec/xml.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kLongestName = 128;
constexpr std::string_view kBegin = "<%";
constexpr std::string_view kEnd = "%>";

// Calls `visit(begin, end)` for each "<...>" with the places of its first and behind its last
// character.
template <class Visit>
void for_each_tag(std::string_view xml, Visit visit) {
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string_view::npos) return;
    visit(at, end + 1);
    at = end + 1;
  }
}

std::string without_expressions(std::string_view xml) {
  std::string kept;
  for (std::size_t at = 0; at < xml.size();) {
    const std::size_t begin = xml.find(kBegin, at);
    const std::size_t end = begin == std::string_view::npos ? begin : xml.find(kEnd, begin);
    if (end == std::string_view::npos) return kept.append(xml.substr(at));
    kept.append(xml.substr(at, begin - at));
    at = end + kEnd.size();
  }
  return kept;
}

std::set<std::string_view> ended_names(std::string_view xml) {
  std::set<std::string_view> names;
  for_each_tag(xml, [&](std::size_t begin, std::size_t end) {
    std::string_view tag = xml.substr(begin + 1, end - begin - 2);
    if (!tag.starts_with('/')) return;
    tag.remove_prefix(1);
    names.insert(tag.substr(0, tag.find_first_of(" \t\r\n")));
  });
  return names;
}

std::string with_names_as_text(std::string_view xml) {
  const std::set<std::string_view> ended = ended_names(xml);
  std::string text;
  std::size_t copied = 0;
  for_each_tag(xml, [&](std::size_t begin, std::size_t end) {
    const std::string_view tag = xml.substr(begin + 1, end - begin - 2);
    const bool is_element = tag.empty() || tag.front() == '/' || tag.front() == '?' ||
                            tag.front() == '!' || tag.back() == '/' || tag.size() > kLongestName ||
                            ended.count(tag.substr(0, tag.find_first_of(" \t\r\n"))) != 0;
    if (is_element) return;
    text.append(xml.substr(copied, begin - copied)).append("&lt;").append(tag).append("&gt;");
    copied = end;
  });
  return text.append(xml.substr(copied));
}

bool is_xml(std::string_view text) {
  try {
    static_cast<void>(parse_xml(text));
    return true;
  } catch (const XmlError&) {
    return false;
  }
}

}  // namespace

bool looks_masked(std::string_view xml) {
  std::size_t opened = 0;
  std::size_t closed = 0;
  for_each_tag(xml, [&](std::size_t begin, std::size_t end) {
    if (end - begin == 2) return;
    const char first = xml[begin + 1];
    if (first == '/') ++closed;
    if (first != '/' && first != '?' && first != '!' && xml[end - 2] != '/') ++opened;
  });
  return opened != closed;
}

std::string unmasked_xml(std::string_view xml) {
  std::string text = without_expressions(xml);
  if (is_xml(text)) return text;
  text = with_names_as_text(text);
  return is_xml(text) ? text : std::string(xml);
}

}  // namespace cloudchamber::recordings
