#include "cloudchamber/paginator.h"

#include <algorithm>
#include <utility>

#include "cloudchamber/errors.h"
#include "sdk/client/client_state.h"
#include "sdk/client/page_token.h"
#include "sdk/client/paginator_internals.h"
#include "sdk/client/paginator_state.h"

namespace cloudchamber {
namespace {

constexpr const char* kTruncateAmount = "boto_truncate_amount";

// The model writes one name or several.
std::vector<std::string> strings(const Json& description, const char* name) {
  const auto found = description.find(name);
  if (found == description.end()) return {};
  if (found->is_string()) return {found->get<std::string>()};
  return found->get<std::vector<std::string>>();
}

std::vector<JmesPath> expressions(const Json& description, const char* name) {
  std::vector<JmesPath> compiled;
  for (const std::string& text : strings(description, name)) compiled.emplace_back(text);
  return compiled;
}

PaginationError pagination_error(const std::string& message) {
  return PaginationError("Error during pagination: " + message);
}

// "PaginationConfig" in the parameters, boto3's place for the options.
PagingOptions take_pagination_config(Json& parameters, PagingOptions options) {
  const auto config = parameters.find("PaginationConfig");
  if (config == parameters.end()) return options;
  const auto number = [](const Json& value) -> std::optional<std::int64_t> {
    if (value.is_number_integer()) return value.get<std::int64_t>();
    throw pagination_error("PaginationConfig: a number is needed, not " + value.dump());
  };
  if (!config->is_object()) throw pagination_error("PaginationConfig must be an object");
  for (const auto& [name, value] : config->items()) {
    if (value.is_null()) continue;
    if (name == "MaxItems") {
      if (!options.max_items) options.max_items = number(value);
    } else if (name == "PageSize") {
      if (!options.page_size) options.page_size = number(value);
    } else if (name == "StartingToken" && value.is_string()) {
      if (!options.starting_token) options.starting_token = value.get<std::string>();
    } else {
      throw pagination_error("PaginationConfig takes MaxItems, PageSize and StartingToken, not \"" +
                             name + "\"");
    }
  }
  parameters.erase(config);
  return options;
}

// Sets the value that a plain dotted expression names, making objects on the way.
void set_at(Json& object, const std::string& dotted, Json value) {
  Json* place = &object;
  std::size_t begin = 0;
  for (std::size_t dot; (dot = dotted.find('.', begin)) != std::string::npos; begin = dot + 1) {
    place = &(*place)[dotted.substr(begin, dot - begin)];
    if (!place->is_object()) *place = Json::object();
  }
  (*place)[dotted.substr(begin)] = std::move(value);
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The items of a list, or the characters of a string.
std::size_t length_of(const Json& value) {
  if (value.is_array()) return value.size();
  if (!value.is_string()) return 0;
  const auto& text = value.get_ref<const std::string&>();
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

Json part_of(const Json& value, std::size_t begin, std::size_t end) {
  if (value.is_array()) {
    begin = std::min(begin, value.size());
    end = std::clamp(end, begin, value.size());
    Json part = Json::array();
    for (std::size_t i = begin; i < end; ++i) part.push_back(value[i]);
    return part;
  }
  std::string part;
  std::size_t position = 0;
  for (const char c : value.get_ref<const std::string&>()) {
    if (!is_continuation(c)) ++position;
    if (position > begin && position <= end) part.push_back(c);
  }
  return part;
}

bool is_null_token(const Json& token) {
  return std::all_of(token.begin(), token.end(), [](const Json& part) { return part.is_null(); });
}

}  // namespace

Paginator make_paginator(const Client& client, const Operation& operation) {
  const Json& paginators = client.state().service().paginators();
  const auto description = paginators.find(operation.name);
  if (description == paginators.end())
    throw PaginationError("Operation cannot be paginated: " + operation.name);
  auto state = std::make_shared<Paginator::State>(
      Paginator::State{client, &operation, {}, {}, {}, {}, {}, {}});
  state->input_tokens = strings(*description, "input_token");
  state->output_tokens = expressions(*description, "output_token");
  state->result_keys = expressions(*description, "result_key");
  state->non_aggregate_keys = expressions(*description, "non_aggregate_keys");
  state->limit_key = description->value("limit_key", "");
  const auto more = description->find("more_results");
  if (more != description->end()) state->more_results.emplace(more->get<std::string>());
  return Paginator(std::move(state));
}

Pages Paginator::paginate() const { return paginate(Json::object()); }

Pages Paginator::paginate(const Json& parameters, const PagingOptions& given_options) const {
  auto source = std::make_shared<Pages::Source>();
  source->paginator = state_;
  source->parameters = parameters.is_null() ? Json::object() : parameters;
  const PagingOptions options = take_pagination_config(source->parameters, given_options);
  source->max_items = options.max_items;
  if (options.page_size) {
    const Shape* input = state_->operation->input;
    const Member* limit = input == nullptr ? nullptr : input->find(state_->limit_key);
    if (limit == nullptr) {
      throw pagination_error(
          "PageSize parameter is not supported for the pagination interface for this operation.");
    }
    source->parameters[limit->name] = limit->shape->type == ShapeType::kString
                                          ? Json(std::to_string(*options.page_size))
                                          : Json(*options.page_size);
  }
  for (const std::string& name : state_->input_tokens) source->starting_token[name] = Json();
  if (options.starting_token) {
    source->resumes = true;
    Json token = decode_page_token(*options.starting_token, state_->input_tokens);
    const auto amount = token.find(kTruncateAmount);
    if (amount != token.end()) {
      if (!amount->is_number_unsigned())
        throw pagination_error("Bad starting token: " + *options.starting_token);
      source->starting_cut = amount->get<std::size_t>();
      token.erase(amount);
    }
    for (const auto& [name, value] : token.items()) {
      if (!source->starting_token.contains(name))
        throw pagination_error("Bad starting token: " + *options.starting_token);
      source->starting_token[name] = value;
    }
  }
  return Pages(std::move(source));
}

Pages::iterator::Cursor::Cursor(std::shared_ptr<const Source> source)
    : source_(std::move(source)),
      parameters_(source_->parameters),
      token_(source_->starting_token) {
  source_->resume_token.reset();
  source_->non_aggregate_part = Json::object();
  if (source_->resumes) inject(token_);
  fetch();
}

void Pages::iterator::Cursor::fetch() {
  const Paginator::State& paginator = *source_->paginator;
  page = paginator.client.call(paginator.operation->name, parameters_);
  cut_ = 0;
  if (first_) {
    if (source_->resumes) skip_what_was_had();
    for (const JmesPath& key : paginator.non_aggregate_keys)
      set_at(source_->non_aggregate_part, key.text(), key.search(page));
    first_ = false;
  }
  items_in_page_ =
      paginator.result_keys.empty()
          ? 0
          : static_cast<std::int64_t>(length_of(paginator.result_keys.front().search(page)));
  last_ = cut_to_max_items();
}

// A token may point into a page: what stands before was part of the run that gave the token, and so
// were the page's other lists.
void Pages::iterator::Cursor::skip_what_was_had() {
  cut_ = source_->starting_cut;
  const auto& keys = source_->paginator->result_keys;
  if (cut_ == 0 || keys.empty()) return;
  const Json all = keys.front().search(page);
  set_at(page, keys.front().text(),
         all.is_array() || all.is_string() ? part_of(all, cut_, std::string::npos) : Json());
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const Json value = keys[i].search(page);
    if (value.is_array()) set_at(page, keys[i].text(), Json::array());
    if (value.is_string()) set_at(page, keys[i].text(), "");
  }
}

bool Pages::iterator::Cursor::cut_to_max_items() {
  if (!source_->max_items || items_ + items_in_page_ <= *source_->max_items) return false;
  const std::int64_t keep = std::max<std::int64_t>(0, *source_->max_items - items_);
  const JmesPath& key = source_->paginator->result_keys.front();
  set_at(page, key.text(), part_of(key.search(page), 0, static_cast<std::size_t>(keep)));
  Json token = token_;
  token[kTruncateAmount] = static_cast<std::size_t>(keep) + cut_;
  source_->resume_token = encode_page_token(token);
  return true;
}

Json Pages::iterator::Cursor::next_token() const {
  const Paginator::State& paginator = *source_->paginator;
  Json token = Json::object();
  if (paginator.more_results) {
    const Json more = paginator.more_results->search(page);
    const bool is_true = more.is_boolean() ? more.get<bool>() : !more.is_null() && more != "";
    if (!is_true) return token;
  }
  for (std::size_t i = 0;
       i < std::min(paginator.input_tokens.size(), paginator.output_tokens.size()); ++i) {
    Json value = paginator.output_tokens[i].search(page);
    const bool none = value.is_null() || value == "" || value == false ||
                      ((value.is_object() || value.is_array()) && value.empty()) ||
                      (value.is_number() && value == 0);
    token[paginator.input_tokens[i]] = none ? Json() : std::move(value);
  }
  return token;
}

void Pages::iterator::Cursor::inject(const Json& token) {
  for (const auto& [name, value] : token.items()) {
    if (value.is_null() || value == "None") {
      parameters_.erase(name);
    } else {
      parameters_[name] = value;
    }
  }
}

void Pages::iterator::Cursor::advance() {
  if (ended) return;
  ended = true;  // also when what follows throws
  if (last_) return;
  items_ += items_in_page_;
  Json token = next_token();
  if (is_null_token(token)) return;
  if (source_->max_items && items_ >= *source_->max_items) {
    source_->resume_token = encode_page_token(token);
    return;
  }
  if (!previous_token_.is_null() && previous_token_ == token) {
    throw pagination_error("The same next token was received twice: " +
                           token.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  inject(token);
  previous_token_ = token;
  token_ = std::move(token);
  fetch();
  ended = false;
}

}  // namespace cloudchamber
