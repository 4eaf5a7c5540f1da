#include "sdk/sign/profiles.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber {
namespace {

// A larger file is not a config file.
constexpr std::uintmax_t kLargestFile = 4U << 20;
constexpr std::string_view kSpace = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// "profile   dev" -> "profile dev"; quotes around the name go.
std::string section_name(std::string_view text) {
  text = trimmed(text);
  const std::size_t space = text.find_first_of(" \t");
  if (space == std::string_view::npos) return std::string(text);
  std::string_view name = trimmed(text.substr(space));
  if (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') &&
      name.back() == name.front())
    name = name.substr(1, name.size() - 2);
  return std::string(text.substr(0, space)) + " " + std::string(name);
}

// Without a comment: '#' or ';' behind white space begins one.
std::string_view without_comment(std::string_view value) {
  for (std::size_t i = 1; i < value.size(); ++i) {
    if ((value[i] == '#' || value[i] == ';') && (value[i - 1] == ' ' || value[i - 1] == '\t'))
      return trimmed(value.substr(0, i));
  }
  return trimmed(value);
}

std::string contents(const std::filesystem::path& path) {
  std::error_code error;
  if (path.empty() || !std::filesystem::exists(path, error)) return {};
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > kLargestFile)
    throw ConfigError("Unable to parse config file: " + path.string());
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ConfigError("Unable to read config file: " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path path_from(const Environment& environment, const std::string& variable,
                                const std::string& fallback) {
  const std::string stated = environment(variable).value_or("");
  const std::string path = stated.empty() ? fallback : stated;
  if (!path.starts_with("~/")) return path;
  const std::string home = environment("HOME").value_or("");
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / path.substr(2);
}

}  // namespace

const std::string* ConfigSection::find(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

const std::string* ConfigSection::find(std::string_view outer, std::string_view name) const {
  const auto block = nested.find(outer);
  if (block == nested.end()) return nullptr;
  const auto found = block->second.find(name);
  return found == block->second.end() ? nullptr : &found->second;
}

std::map<std::string, ConfigSection, std::less<>> parse_config(std::string_view text,
                                                               const std::string& file) {
  std::map<std::string, ConfigSection, std::less<>> sections;
  ConfigSection* section = nullptr;
  std::string setting;  // the last one that was not indented
  std::size_t line_number = 0;
  const auto malformed = [&](const char* what) {
    return ConfigError("Unable to parse config file: " + file + ", line " +
                       std::to_string(line_number) + ": " + what);
  };
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    ++line_number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') continue;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (!indented && content.front() == '[') {
      const std::size_t close = content.find(']');
      if (close == std::string_view::npos) throw malformed("a section has no ']'");
      section = &sections[section_name(content.substr(1, close - 1))];
      setting.clear();
      continue;
    }
    if (section == nullptr) throw malformed("a setting stands outside of any section");
    const std::size_t equals = content.find('=');
    if (indented && !setting.empty()) {
      if (equals == std::string_view::npos) {  // the value goes on
        section->values[setting] += "\n" + std::string(content);
      } else {
        section->nested[setting][lowered(trimmed(content.substr(0, equals)))] =
            without_comment(content.substr(equals + 1));
      }
      continue;
    }
    if (equals == std::string_view::npos) throw malformed("a setting has no '='");
    setting = lowered(trimmed(content.substr(0, equals)));
    if (setting.empty()) throw malformed("a setting has no name");
    section->values[setting] = without_comment(content.substr(equals + 1));
  }
  return sections;
}

Profiles::Profiles(const std::filesystem::path& config_file,
                   const std::filesystem::path& shared_credentials_file) {
  for (auto& [name, section] : parse_config(contents(config_file), config_file.string())) {
    const std::size_t space = name.find(' ');
    const std::string kind = name.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : name.substr(space + 1);
    if (name == "default") {
      config_.try_emplace("default", std::move(section));
    } else if (kind == "profile" && !rest.empty()) {
      config_.insert_or_assign(rest, std::move(section));
    } else if (kind == "sso-session" && !rest.empty()) {
      sso_sessions_.insert_or_assign(rest, std::move(section));
    } else if (kind == "services" && !rest.empty()) {
      services_.insert_or_assign(rest, std::move(section));
    }
  }
  credentials_ = parse_config(contents(shared_credentials_file), shared_credentials_file.string());
  merged_ = config_;
  for (const auto& [name, section] : credentials_) {
    ConfigSection& whole = merged_[name];
    for (const auto& [key, value] : section.values) whole.values[key] = value;
    for (const auto& [key, block] : section.nested) whole.nested[key] = block;
  }
}

namespace {
template <class Sections>
const ConfigSection* find_section(const Sections& sections, std::string_view name) {
  const auto found = sections.find(name);
  return found == sections.end() ? nullptr : &found->second;
}
}  // namespace

const ConfigSection* Profiles::profile(std::string_view name) const {
  return find_section(merged_, name);
}
const ConfigSection* Profiles::config_profile(std::string_view name) const {
  return find_section(config_, name);
}
const ConfigSection* Profiles::credentials_profile(std::string_view name) const {
  return find_section(credentials_, name);
}
const ConfigSection* Profiles::sso_session(std::string_view name) const {
  return find_section(sso_sessions_, name);
}
const ConfigSection* Profiles::services(std::string_view name) const {
  return find_section(services_, name);
}

std::vector<std::string> Profiles::names() const {
  std::vector<std::string> result;
  for (const auto& [name, section] : merged_) result.push_back(name);
  return result;
}

std::filesystem::path config_file_path(const Environment& environment) {
  return path_from(environment, "AWS_CONFIG_FILE", "~/.aws/config");
}

std::filesystem::path shared_credentials_file_path(const Environment& environment) {
  return path_from(environment, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");
}

}  // namespace cloudchamber
