// YAML 1.1 with CloudFormation's tags, built from the events of yaml-cpp's parser: no nodes, no
// references, so that nothing grows beyond the text itself.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "mock-server/services/cloudformation/errors.h"
#include "mock-server/services/cloudformation/template/template_text.h"
#include "sdk/codec/yaml_blocks.h"

namespace cloudchamber::mock::cloudformation {
namespace {

AwsError not_well_formed(const YAML::Mark& mark) {
  return template_format_error("YAML not well-formed. (line " + std::to_string(mark.line + 1) +
                               ", column " + std::to_string(mark.column + 1) + ")");
}

bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) ++at;
    return at - from;
  };
  const bool leading_zero = at < text.size() && text[at] == '0';
  const std::size_t whole = digits();
  // Account ids keep their zeros.
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

// What a plain scalar is, as far as JSON has it. "yes" and "on" stay text: templates compare them
// with parameters, which are text, and where a boolean is wanted they are taken for one.
Json plain(const std::string& text) {
  if (text.empty() || text == "~") return nullptr;
  if (text == "null" || text == "Null" || text == "NULL") return nullptr;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (!is_json_number(text)) return text;
  const Json number = Json::parse(text, nullptr, false);
  return number.is_discarded() ? Json(text) : number;
}

Json scalar(const std::string& tag, const std::string& text) {
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "?") return plain(text);
  if (!tag.starts_with(kStandard)) return text;
  const std::string_view kind = std::string_view(tag).substr(kStandard.size());
  if (kind == "str") return text;
  constexpr std::array<std::string_view, 4> kPlain = {"int", "float", "bool", "null"};
  if (std::find(kPlain.begin(), kPlain.end(), kind) != kPlain.end()) return plain(text);
  throw template_format_error("YAML tag " + tag + " is not supported");
}

// {"Fn::Sub": value} of !Sub; the value itself where the tag is none of CloudFormation's.
Json in_long_form(const std::string& tag, Json value) {
  if (tag.size() < 2 || tag[0] != '!') return value;
  const std::string name = tag.substr(1);
  if (name == "GetAtt" && value.is_string()) {
    const std::string text = value.get<std::string>();
    const std::size_t dot = text.find('.');
    value = dot == std::string::npos ? Json::array({text})
                                     : Json::array({text.substr(0, dot), text.substr(dot + 1)});
  }
  const bool bare = name == "Ref" || name == "Condition";
  Json call = Json::object();
  call[bare ? name : "Fn::" + name] = std::move(value);
  return call;
}

class Builder : public YAML::EventHandler {
 public:
  Json take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(mark, nullptr, ""); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {
    throw template_error("YAML aliases are not allowed in CloudFormation templates");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    // A key is text, whatever it looks like.
    const bool key = !open_.empty() && open_.back().value.is_object() && !open_.back().has_key;
    add(mark, key ? Json(value) : in_long_form(tag, scalar(tag, value)), value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, Json::array());
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    begin(mark, tag, Json::object());
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Json value;
    std::string tag;
    YAML::Mark mark;
    std::string key;
    bool has_key = false;
  };

  void begin(const YAML::Mark& mark, const std::string& tag, Json value) {
    if (open_.size() >= kMaxTemplateDepth) throw template_format_error("unsupported structure.");
    open_.push_back({std::move(value), tag, mark, "", false});
  }
  void end() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(closed.mark, in_long_form(closed.tag, std::move(closed.value)), "");
  }
  void add(const YAML::Mark& mark, Json value, const std::string& text) {
    if (open_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& parent = open_.back();
    if (parent.value.is_array()) {
      parent.value.push_back(std::move(value));
    } else if (parent.has_key) {
      parent.value[parent.key] = std::move(value);
      parent.has_key = false;
    } else {
      if (!value.is_string() && !value.is_null()) throw not_well_formed(mark);
      parent.key = value.is_null() ? "null" : text;
      parent.has_key = true;
    }
  }

  Json root_;
  std::vector<Open> open_;
};

}  // namespace

Json parse_yaml(std::string_view text) {
  Builder builder;
  try {
    std::istringstream stream(with_lines_behind_tags(text));
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) throw template_format_error("unsupported structure.");
  } catch (const YAML::Exception& error) {
    throw not_well_formed(error.mark);
  }
  return builder.take();
}

}  // namespace cloudchamber::mock::cloudformation
