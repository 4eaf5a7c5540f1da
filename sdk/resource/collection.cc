#include "cloudchamber/collection.h"

#include <utility>

#include "cloudchamber/paginator.h"
#include "sdk/resource/collection_source.h"
#include "sdk/resource/parameters.h"
#include "sdk/resource/targets.h"

namespace cloudchamber {

struct ResourcePages::Source {
  std::shared_ptr<const Collection::Source> collection;
};

// One iteration. After construction and after each advance(): a page, or the end.
struct ResourcePages::iterator::Cursor {
  explicit Cursor(std::shared_ptr<const Collection::Source> collection);
  void advance();

  std::vector<Resource> page;
  bool ended = false;

 private:
  void take(const Json& response);

  std::shared_ptr<const Collection::Source> collection_;
  Resource parent_;  // this iteration's own: loading it disturbs no other thread
  Json parameters_ = Json::object();
  std::optional<Pages> pages_;  // where the operation has pages
  Pages::iterator next_;
  std::int64_t count_ = 0;
};

ResourcePages::iterator::Cursor::Cursor(std::shared_ptr<const Collection::Source> collection)
    : collection_(std::move(collection)), parent_(collection_->parent) {
  if (collection_->limit == 0) {
    ended = true;
    return;
  }
  const CollectionModel& model = *collection_->model;
  fill_in(parameters_, model.parameters, parent_);
  join(parameters_, collection_->parameters);
  const Client& client = parent_.core().client;
  if (!client.can_paginate(model.operation)) {
    take(client.call(model.operation, parameters_));
    return;
  }
  PagingOptions options;
  options.page_size = collection_->page_size;
  pages_ = client.paginate(model.operation, parameters_, options);
  next_ = pages_->begin();
  ended = next_ == Pages::end();
  if (!ended) take(*next_);
}

void ResourcePages::iterator::Cursor::take(const Json& response) {
  page = resources_at(*collection_->model->target, parent_, parameters_, response);
  if (collection_->limit) {
    const auto left = static_cast<std::size_t>(*collection_->limit - count_);
    if (page.size() > left)
      page.erase(page.begin() + static_cast<std::ptrdiff_t>(left), page.end());
  }
  count_ += static_cast<std::int64_t>(page.size());
}

void ResourcePages::iterator::Cursor::advance() {
  if (ended) return;
  ended = true;  // also when what follows throws
  const bool enough = collection_->limit && count_ >= *collection_->limit;
  if (!pages_ || enough) return;
  ++next_;
  if (next_ == Pages::end()) return;
  take(*next_);
  ended = false;
}

const std::vector<Resource>& ResourcePages::iterator::operator*() const { return cursor_->page; }

ResourcePages::iterator& ResourcePages::iterator::operator++() {
  cursor_->advance();
  return *this;
}

bool ResourcePages::iterator::at_end() const { return cursor_ == nullptr || cursor_->ended; }

ResourcePages::iterator ResourcePages::begin() const {
  return iterator(std::make_shared<iterator::Cursor>(source_->collection));
}

Collection::iterator::iterator(ResourcePages::iterator pages) : pages_(std::move(pages)) {
  skip_empty_pages();
}

Collection::iterator& Collection::iterator::operator++() {
  if (++index_ == pages_->size()) {
    ++pages_;
    index_ = 0;
    skip_empty_pages();
  }
  return *this;
}

void Collection::iterator::skip_empty_pages() {
  while (!(pages_ == std::default_sentinel) && pages_->empty()) ++pages_;
}

Collection Collection::filter(const Json& parameters) const {
  Source changed = *source_;
  join(changed.parameters, parameters);
  return Collection(std::make_shared<const Source>(std::move(changed)));
}

Collection Collection::limit(std::int64_t count) const {
  if (count < 0)
    throw ParamValidationError("Parameter validation failed:\nA limit can't be negative: " +
                               std::to_string(count));
  Source changed = *source_;
  changed.limit = count;
  return Collection(std::make_shared<const Source>(std::move(changed)));
}

Collection Collection::page_size(std::int64_t count) const {
  if (count <= 0)
    throw ParamValidationError("Parameter validation failed:\nA page size must be positive: " +
                               std::to_string(count));
  Source changed = *source_;
  changed.page_size = count;
  return Collection(std::make_shared<const Source>(std::move(changed)));
}

ResourcePages Collection::pages() const {
  return ResourcePages(
      std::make_shared<const ResourcePages::Source>(ResourcePages::Source{source_}));
}

Collection::iterator Collection::begin() const { return iterator(pages().begin()); }

std::vector<Json> Collection::call(std::string_view action) const { return call(action, Json()); }

std::vector<Json> Collection::call(std::string_view name, const Json& given,
                                   const CallOptions& options) const {
  const Resource::Core& parent = source_->parent.core();
  const ResourceType& type = parent.model->type(source_->model->target->type);
  std::vector<std::string_view> methods;
  const ActionModel* action = nullptr;
  for (const ActionModel& one : type.batch_actions) {
    if (one.method == name || one.name == name) action = &one;
    methods.push_back(one.method);
  }
  if (action == nullptr) throw_unknown_member(to_string(), "batch action", name, methods);

  std::vector<Json> responses;
  for (const std::vector<Resource>& page : pages()) {
    if (page.empty()) continue;
    Json parameters = Json::object();
    for (std::size_t i = 0; i < page.size(); ++i)
      fill_in(parameters, action->parameters, page[i], i);
    override_with(parameters, given);
    Json response = parent.client.call(action->operation, parameters, options);
    if (action->path) response = action->path->search(response);
    responses.push_back(std::move(response));
  }
  return responses;
}

std::string Collection::to_string() const {
  const Resource::Core& parent = source_->parent.core();
  const std::string& service = parent.model->service().name;
  const std::string owner = parent.type->is_service ? "" : parent.type->name + ".";
  return service + "." + owner + source_->model->method + "Collection(" +
         source_->parent.to_string() + ", " + service + "." + source_->model->target->type + ")";
}

}  // namespace cloudchamber
