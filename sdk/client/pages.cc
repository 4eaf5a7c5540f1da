// The ranges over what a paginator fetches.
#include <utility>

#include "cloudchamber/paginator.h"
#include "sdk/client/paginator_internals.h"

namespace cloudchamber {
namespace {

// "A.B" in `object`, by plain names.
void set_merged(Json& result, const Json& part) {
  for (const auto& [name, value] : part.items()) {
    Json& place = result[name];
    if (place.is_object() && value.is_object()) {
      set_merged(place, value);
    } else {
      place = value;
    }
  }
}

Json* find_at(Json& object, const std::string& dotted) {
  Json* place = &object;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = dotted.find('.', begin);
    const std::string name = dotted.substr(begin, dot - begin);
    if (!place->is_object()) return nullptr;
    const auto found = place->find(name);
    if (found == place->end()) return nullptr;
    place = &*found;
    if (dot == std::string::npos) return place;
    begin = dot + 1;
  }
}

Json& make_at(Json& object, const std::string& dotted) {
  Json* place = &object;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = dotted.find('.', begin);
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[dotted.substr(begin, dot - begin)];
    if (dot == std::string::npos) return *place;
    begin = dot + 1;
  }
}

void add_result(Json& complete, const JmesPath& key, Json value) {
  if (value.is_null()) return;
  Json* existing = find_at(complete, key.text());
  if (existing == nullptr) {
    make_at(complete, key.text()) = std::move(value);
  } else if (value.is_array() && existing->is_array()) {
    for (Json& element : value) existing->push_back(std::move(element));
  } else if (value.is_string() && existing->is_string()) {
    existing->get_ref<std::string&>() += value.get_ref<const std::string&>();
  } else if (value.is_number_integer() && existing->is_number_integer()) {
    *existing = existing->get<std::int64_t>() + value.get<std::int64_t>();
  } else if (value.is_number() && existing->is_number()) {
    *existing = existing->get<double>() + value.get<double>();
  }
}

}  // namespace

Pages::iterator Pages::begin() const {
  return iterator(std::make_shared<iterator::Cursor>(source_));
}

Pages::iterator::reference Pages::iterator::operator*() const { return cursor_->page; }

Pages::iterator& Pages::iterator::operator++() {
  cursor_->advance();
  return *this;
}

bool Pages::iterator::at_end() const { return cursor_ == nullptr || cursor_->ended; }

Json Pages::build_full_result() const {
  Json complete = Json::object();
  for (const Json& page : *this) {
    for (const JmesPath& key : source_->paginator->result_keys)
      add_result(complete, key, key.search(page));
  }
  set_merged(complete, source_->non_aggregate_part);
  if (source_->resume_token) complete["NextToken"] = *source_->resume_token;
  return complete;
}

Items Pages::search(std::string_view jmespath) const {
  return Items(std::make_shared<Items::Source>(Items::Source{*this, JmesPath(jmespath), true}));
}

Items Pages::items() const {
  const auto& keys = source_->paginator->result_keys;
  return Items(std::make_shared<Items::Source>(
      Items::Source{*this, keys.empty() ? JmesPath("`[]`") : keys.front(), false}));
}

std::vector<Items> Pages::result_key_iters() const {
  std::vector<Items> ranges;
  for (const JmesPath& key : source_->paginator->result_keys)
    ranges.emplace_back(std::make_shared<Items::Source>(Items::Source{*this, key, false}));
  return ranges;
}

std::vector<std::string> Pages::result_keys() const {
  std::vector<std::string> names;
  for (const JmesPath& key : source_->paginator->result_keys) names.push_back(key.text());
  return names;
}

std::optional<std::string> Pages::resume_token() const { return source_->resume_token; }

const Json& Pages::non_aggregate_part() const { return source_->non_aggregate_part; }

// Goes from page to page until one has an item.
struct Items::iterator::Cursor {
  explicit Cursor(std::shared_ptr<const Source> its_source)
      : source(std::move(its_source)), page(source->pages.begin()) {
    look();
  }

  void look() {
    for (; !(page == std::default_sentinel); ++page) {
      found = source->expression.search(*page);
      if (!found.is_array()) {
        const bool one = source->whole_values || !found.is_null();
        found = one ? Json::array({std::move(found)}) : Json::array();
      }
      index = 0;
      if (!found.empty()) return;
    }
    ended = true;
  }

  void advance() {
    if (ended || ++index < found.size()) return;
    ++page;
    look();
  }

  std::shared_ptr<const Source> source;
  Pages::iterator page;
  Json found;
  std::size_t index = 0;
  bool ended = false;
};

Items::iterator Items::begin() const {
  return iterator(std::make_shared<iterator::Cursor>(source_));
}

Items::iterator::reference Items::iterator::operator*() const {
  return cursor_->found[cursor_->index];
}

Items::iterator& Items::iterator::operator++() {
  cursor_->advance();
  return *this;
}

bool Items::iterator::at_end() const { return cursor_ == nullptr || cursor_->ended; }

}  // namespace cloudchamber
