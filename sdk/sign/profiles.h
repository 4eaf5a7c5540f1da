// Profiles: what the files ~/.aws/config and ~/.aws/credentials say, for the settings of clients
// and for the chain of credentials.
//
// Immutable after loading: thread-safe. Where both files know a profile, a value of the credentials
// file wins.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/environment.h"

namespace cloudchamber {

// One [section]. A setting without a value may be followed by indented ones: they are nested.
struct ConfigSection {
  using Values = std::map<std::string, std::string, std::less<>>;
  Values values;
  std::map<std::string, Values, std::less<>> nested;

  [[nodiscard]] const std::string* find(std::string_view name) const;  // null when absent
  [[nodiscard]] const std::string* find(std::string_view outer, std::string_view name) const;
};

// The sections of a file's text by their names as they stand in the brackets ("profile dev"), with
// runs of white space made one. Throws ConfigError with `file` and the line.
[[nodiscard]] std::map<std::string, ConfigSection, std::less<>> parse_config(
    std::string_view text, const std::string& file);

class Profiles {
 public:
  Profiles() = default;
  // A file that does not exist is empty. Throws ConfigError.
  Profiles(const std::filesystem::path& config_file,
           const std::filesystem::path& shared_credentials_file);

  // All null when there is no such section.
  [[nodiscard]] const ConfigSection* profile(std::string_view name) const;  // both files merged
  [[nodiscard]] const ConfigSection* config_profile(std::string_view name) const;
  [[nodiscard]] const ConfigSection* credentials_profile(std::string_view name) const;
  [[nodiscard]] const ConfigSection* sso_session(std::string_view name) const;
  [[nodiscard]] const ConfigSection* services(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;  // in alphabetical order

 private:
  using Sections = std::map<std::string, ConfigSection, std::less<>>;
  Sections merged_, config_, credentials_, sso_sessions_, services_;
};

// Where the files lie: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/config and
// ~/.aws/credentials; "" when HOME is not known. A leading ~ is HOME.
[[nodiscard]] std::filesystem::path config_file_path(const Environment& environment);
[[nodiscard]] std::filesystem::path shared_credentials_file_path(const Environment& environment);

}  // namespace cloudchamber
