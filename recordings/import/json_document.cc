// JSON, with the lines counted as the parser reads.
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "recordings/import/document.h"

namespace cloudchamber::recordings {
namespace {

// Walks the text and counts the ends of lines that it has passed.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* line) : at_(at), line_(line) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    if (*at_ == '\n') ++*line_;
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char* at_;
  std::size_t* line_;
};

class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const std::size_t& line) : line_(line) {}
  Node take() { return std::move(root_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // JSON has none
  bool start_object(std::size_t) override { return open(Node::Kind::kMap); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Node::Kind::kList); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    open_.back()->members.push_back({std::move(name), Node()});
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    throw Refusal(line_, "no JSON: " + std::string(error.what()));
  }

 private:
  Node& place() {
    if (open_.empty()) return root_;
    Node& parent = *open_.back();
    return parent.is_list() ? parent.items.emplace_back() : parent.members.back().value;
  }
  bool add(Json value) {
    Node& node = place();
    node.line = line_;
    node.scalar = std::move(value);
    return true;
  }
  bool open(Node::Kind kind) {
    if (open_.size() >= kMaxDepth)
      throw Refusal(line_, "nested more than " + std::to_string(kMaxDepth) + " levels deep");
    Node& node = place();
    node.line = line_;
    node.kind = kind;
    // A parent is closed before it gets another child: the pointer holds.
    open_.push_back(&node);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  const std::size_t& line_;
  Node root_;
  std::vector<Node*> open_;
};

}  // namespace

Node read_json(std::string_view text) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";  // of UTF-8, as some editors put it
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  std::size_t line = 1;
  Builder builder(line);
  Json::sax_parse(CountingIterator(text.data(), &line),
                  CountingIterator(text.data() + text.size(), &line), &builder);
  return builder.take();
}

}  // namespace cloudchamber::recordings
