// What paginators, pages and items are made of.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/paginator.h"
#include "sdk/codec/jmespath.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// An operation's entry in the model's paginators.
struct Paginator::State {
  Client client;
  const Operation* operation = nullptr;
  std::vector<std::string> input_tokens;
  std::vector<JmesPath> output_tokens;
  std::optional<JmesPath> more_results;
  std::vector<JmesPath> result_keys;
  std::vector<JmesPath> non_aggregate_keys;
  std::string limit_key;  // "" when the page size can't be asked for
};

// One paginate(): its parameters, and what its last iteration left behind.
struct Pages::Source {
  std::shared_ptr<const Paginator::State> paginator;
  Json parameters;
  std::optional<std::int64_t> max_items;
  bool resumes = false;
  Json starting_token = Json::object();  // the service's tokens, null where there is none
  std::size_t starting_cut = 0;          // items of the first page that were had before

  // Written while iterating, which is for one thread at a time.
  mutable std::optional<std::string> resume_token;
  mutable Json non_aggregate_part = Json::object();
};

// One iteration. After construction and after each advance(): a page, or the end.
struct Pages::iterator::Cursor {
  explicit Cursor(std::shared_ptr<const Source> source);
  void advance();

  Json page;
  bool ended = false;

 private:
  void fetch();
  void skip_what_was_had();
  bool cut_to_max_items();  // true when this page had to be cut
  [[nodiscard]] Json next_token() const;
  void inject(const Json& token);

  std::shared_ptr<const Source> source_;
  Json parameters_;
  Json token_;           // that led to this page
  Json previous_token_;  // that led on from the page before: must not come again
  std::int64_t items_ = 0;
  std::int64_t items_in_page_ = 0;
  std::size_t cut_ = 0;  // items cut from the beginning of this page
  bool first_ = true;
  bool last_ = false;
};

struct Items::Source {
  Pages pages;
  JmesPath expression;
  bool whole_values = true;  // what is no list is one item, even null
};

}  // namespace cloudchamber
