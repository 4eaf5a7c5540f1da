// Place: a spot in the parameters, such as "Filters[0].Name".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cloudchamber {

// Where in the parameters we are: a chain on the stack, made into text only for a fault.
struct Place {
  // Deeper parameters are refused, so that no input exhausts the stack here or in the serializers.
  static constexpr int kDeepest = 500;

  enum class Kind { kRoot, kName, kIndex, kKey };
  const Place* parent = nullptr;
  Kind kind = Kind::kRoot;
  std::string_view name;
  std::size_t index = 0;
  int depth = 0;

  [[nodiscard]] Place member(std::string_view member_name) const {
    return {this, Kind::kName, member_name, 0, depth + 1};
  }
  [[nodiscard]] Place element(std::size_t position) const {
    return {this, Kind::kIndex, {}, position, depth + 1};
  }
  [[nodiscard]] Place key(std::string_view key_name) const {
    return {this, Kind::kKey, key_name, 0, depth + 1};
  }

  [[nodiscard]] std::string text() const {
    std::string path = path_text();
    return path.empty() ? "input" : path;
  }

 private:
  [[nodiscard]] std::string path_text() const {
    if (parent == nullptr) return {};
    std::string path = parent->path_text();
    switch (kind) {
      case Kind::kRoot:
        break;
      case Kind::kName:
        if (!path.empty()) path += '.';
        path += name;
        break;
      case Kind::kIndex:
        path += '[' + std::to_string(index) + ']';
        break;
      case Kind::kKey:
        path += " (key: " + std::string(name) + ")";
        break;
    }
    return path;
  }
};

}  // namespace cloudchamber
