// YAML, from the events of yaml-cpp's parser. All plain values are text: formats say what is a
// number.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "recordings/import/document.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/yaml_blocks.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::array<std::string_view, 11> kText = {
    "", "?", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp",
    // Of Python 2: no more than a text.
    "tag:yaml.org,2002:python/str", "tag:yaml.org,2002:python/unicode", "!str"};

bool is_one_of(std::string_view tag, std::string_view short_name) {
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (tag.starts_with(kStandard))
    tag.remove_prefix(kStandard.size());
  else if (tag.starts_with('!'))
    tag.remove_prefix(1);
  return tag == short_name;
}

bool is_nothing(const std::string& text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::size_t line_of(const YAML::Mark& mark) {
  return mark.line < 0 ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

Refusal too_deep(std::size_t line) {
  return {line, "nested more than " + std::to_string(kMaxDepth) + " levels deep"};
}

Json bytes(std::size_t line, std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  const std::optional<std::string> decoded = base64_decode(text);
  if (!decoded) throw Refusal(line, "!!binary that is not base64");
  return binary(*decoded);
}

Json scalar(std::size_t line, const std::string& tag, const std::string& text) {
  if (tag == "?" && is_nothing(text)) return nullptr;
  if (std::find(kText.begin(), kText.end(), tag) != kText.end()) return text;
  if (is_one_of(tag, "null")) return nullptr;
  if (is_one_of(tag, "binary")) return bytes(line, text);
  throw Refusal(line, "the tag " + tag + " is not obeyed: it would construct an object");
}

class Builder : public YAML::EventHandler {
 public:
  std::vector<Node> take() { return std::move(documents_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // yaml-cpp begins documents without end where something stands that belongs to none.
    if (started_ && mark.pos <= last_start_)
      throw Refusal(line_of(mark), "no YAML: what stands here belongs to no document");
    started_ = true;
    last_start_ = mark.pos;
    anchored_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(leaf(mark, nullptr), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end())
      throw Refusal(line_of(mark), "an alias within what it stands for");
    count(found->second, line_of(mark), open_.size());
    add(found->second, 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    add(leaf(mark, scalar(line_of(mark), tag, value)), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, "seq", Node::Kind::kList);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, "map", Node::Kind::kMap);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    std::string key;
    bool has_key = false;
  };

  static Node leaf(const YAML::Mark& mark, Json value) {
    Node node;
    node.line = line_of(mark);
    node.scalar = std::move(value);
    return node;
  }
  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             std::string_view own_tag, Node::Kind kind) {
    const std::size_t line = line_of(mark);
    // Python's tuple is a list under another name.
    const bool is_own =
        is_one_of(tag, own_tag) || (kind == Node::Kind::kList && is_one_of(tag, "python/tuple"));
    if (!tag.empty() && tag != "?" && tag != "!" && !is_own)
      throw Refusal(line, "the tag " + tag + " is not obeyed: it would construct an object");
    if (open_.size() >= kMaxDepth) throw too_deep(line);
    Open& opened = open_.emplace_back();
    opened.node.kind = kind;
    opened.node.line = line;
    opened.anchor = anchor;
  }
  void end() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed.node), closed.anchor);
  }
  void add(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      count(node, node.line, open_.size());  // it is kept a second time
      anchored_[anchor] = node;
    }
    if (open_.empty()) {
      documents_.push_back(std::move(node));
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.has_key) {
      parent.node.members.push_back({std::move(parent.key), std::move(node)});
      parent.has_key = false;
    } else {
      parent.key = node.is_null() ? "" : node.text("a key");
      parent.has_key = true;
    }
  }

  // What is repeated, `depth` levels below the root.
  void count(const Node& node, std::size_t line, std::size_t depth) {
    if (depth > kMaxDepth) throw too_deep(line);
    repeated_bytes_ += node.is_text() ? bytes_of(node.scalar).size() : 0;
    if (++repeated_nodes_ > kMaxRepeatedNodes || repeated_bytes_ > kMaxRepeatedBytes)
      throw Refusal(line, "aliases repeat more than is read");
    for (const Node& item : node.items) count(item, line, depth + 1);
    for (const auto& [name, value] : node.members) {
      repeated_bytes_ += name.size();
      count(value, line, depth + 1);
    }
  }

  std::vector<Node> documents_;
  bool started_ = false;
  int last_start_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Node> anchored_;
  std::size_t repeated_nodes_ = 0;
  std::size_t repeated_bytes_ = 0;
};

}  // namespace

std::vector<Node> read_yaml(std::string_view text) {
  Builder builder;
  try {
    std::istringstream stream(with_lines_behind_tags(text));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw Refusal(line_of(error.mark), "no YAML: " + error.msg);
  }
  std::vector<Node> documents = builder.take();
  std::erase_if(documents, [](const Node& one) { return one.is_null(); });
  if (documents.empty()) throw Refusal(1, "an empty document");
  return documents;
}

}  // namespace cloudchamber::recordings
