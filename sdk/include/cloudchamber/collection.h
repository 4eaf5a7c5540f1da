// Collection: the resources of which another one has many, fetched as they are asked for.
//
//   Collection base = ec2.collection("instances").filter({{"InstanceIds", {"i-1", "i-2"}}});
//   for (const Resource& instance : base.filter({{"Filters", filters}}).limit(10)) use(instance);
//   base.call("stop");                                   // one call a page, not one an instance
//
// A collection is a value: a parent and parameters. Each of its methods gives a new collection and
// changes neither this one nor what the caller gave, of which it keeps a copy. Nothing is sent
// until it is iterated, and each iteration asks the service anew. A collection may be used from
// several threads; an iterator is for one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/json.h"
#include "cloudchamber/resource.h"

namespace cloudchamber {

// The pages of a collection, each a vector of resources: a C++ input range.
class ResourcePages {
 public:
  class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = std::vector<Resource>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;

    iterator() = default;
    reference operator*() const;  // valid until the iterator moves on
    pointer operator->() const { return &**this; }
    iterator& operator++();  // throws what Client::call throws, and PaginationError
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& it, std::default_sentinel_t) { return it.at_end(); }

    struct Cursor;
    explicit iterator(std::shared_ptr<Cursor> cursor) : cursor_(std::move(cursor)) {}

   private:
    [[nodiscard]] bool at_end() const;
    std::shared_ptr<Cursor> cursor_;
  };

  // Fetches the first page. Throws what Client::call throws.
  [[nodiscard]] iterator begin() const;
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  friend class Collection;
  struct Source;
  explicit ResourcePages(std::shared_ptr<const Source> source) : source_(std::move(source)) {}
  std::shared_ptr<const Source> source_;
};

class Collection {
 public:
  // One resource after another, across pages.
  class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = Resource;
    using difference_type = std::ptrdiff_t;
    using pointer = const Resource*;
    using reference = const Resource&;

    iterator() = default;
    explicit iterator(ResourcePages::iterator pages);
    reference operator*() const { return (*pages_)[index_]; }  // valid until the iterator moves on
    pointer operator->() const { return &**this; }
    iterator& operator++();  // throws what Client::call throws, and PaginationError
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& it, std::default_sentinel_t end) {
      return it.pages_ == end;
    }

   private:
    void skip_empty_pages();
    ResourcePages::iterator pages_;
    std::size_t index_ = 0;
  };

  // All of them: a copy of this collection.
  [[nodiscard]] Collection all() const { return *this; }
  // Those that the operation gives with these parameters too; lists are joined to the lists that
  // are there already, as boto3 joins them, anything else is replaced. They are checked against the
  // model before the first request is sent.
  [[nodiscard]] Collection filter(const Json& parameters) const;
  // At most so many. Throws ParamValidationError when negative.
  [[nodiscard]] Collection limit(std::int64_t count) const;
  // So many a request; where the operation has no pages it means nothing. Throws
  // ParamValidationError unless positive.
  [[nodiscard]] Collection page_size(std::int64_t count) const;

  [[nodiscard]] ResourcePages pages() const;
  [[nodiscard]] iterator begin() const;
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

  // A batch action: one operation for all resources of a page, page after page; `parameters` win
  // over what is filled in. Gives the responses. Pages without resources are passed over. Throws
  // UnknownMemberError, what Client::call throws.
  std::vector<Json> call(std::string_view action) const;  // NOLINT(modernize-use-nodiscard)
  std::vector<Json> call(std::string_view action, const Json& parameters,  // NOLINT
                         const CallOptions& options = {}) const;

  // As boto3 prints it: "ec2.instancesCollection(ec2.ServiceResource(), ec2.Instance)".
  [[nodiscard]] std::string to_string() const;

  struct Source;
  // For the interpreter.
  explicit Collection(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

 private:
  std::shared_ptr<const Source> source_;
};

// A generated collection: the same with its own types. `Derived` is the generated class, which adds
// the batch actions; `T` the type of its resources.
template <class Derived, class T>
class TypedCollection {
 public:
  using value_type = T;

  class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    iterator() = default;
    explicit iterator(Collection::iterator base) : base_(std::move(base)) { take(); }
    reference operator*() const { return *current_; }  // valid until the iterator moves on
    pointer operator->() const { return &*current_; }
    iterator& operator++() {
      ++base_;
      take();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& it, std::default_sentinel_t) {
      return !it.current_.has_value();
    }

   private:
    void take() {
      current_.reset();
      if (!(base_ == std::default_sentinel)) current_.emplace(*base_);
    }
    Collection::iterator base_;
    std::optional<T> current_;
  };

  class Pages {
   public:
    class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
     public:
      using iterator_category = std::input_iterator_tag;
      using iterator_concept = std::input_iterator_tag;
      using value_type = std::vector<T>;
      using difference_type = std::ptrdiff_t;
      using pointer = const value_type*;
      using reference = const value_type&;

      iterator() = default;
      explicit iterator(ResourcePages::iterator base) : base_(std::move(base)) { take(); }
      reference operator*() const { return current_; }  // valid until the iterator moves on
      pointer operator->() const { return &current_; }
      iterator& operator++() {
        ++base_;
        take();
        return *this;
      }
      void operator++(int) { ++*this; }
      friend bool operator==(const iterator& it, std::default_sentinel_t end) {
        return it.base_ == end;
      }

     private:
      void take() {
        current_.clear();
        if (!(base_ == std::default_sentinel)) current_ = resources_as<T>(*base_);
      }
      ResourcePages::iterator base_;
      std::vector<T> current_;
    };

    explicit Pages(ResourcePages pages) : pages_(std::move(pages)) {}
    [[nodiscard]] iterator begin() const { return iterator(pages_.begin()); }
    [[nodiscard]] static std::default_sentinel_t end() { return {}; }

   private:
    ResourcePages pages_;
  };

  explicit TypedCollection(Collection collection) : untyped_(std::move(collection)) {}

  // See Collection.
  [[nodiscard]] Derived all() const { return Derived(untyped_); }
  [[nodiscard]] Derived filter(const Json& parameters) const {
    return Derived(untyped_.filter(parameters));
  }
  [[nodiscard]] Derived limit(std::int64_t count) const { return Derived(untyped_.limit(count)); }
  [[nodiscard]] Derived page_size(std::int64_t count) const {
    return Derived(untyped_.page_size(count));
  }
  [[nodiscard]] Pages pages() const { return Pages(untyped_.pages()); }
  [[nodiscard]] iterator begin() const { return iterator(untyped_.begin()); }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }
  [[nodiscard]] std::string to_string() const { return untyped_.to_string(); }

  // The same collection without the types.
  [[nodiscard]] const Collection& untyped() const { return untyped_; }

 private:
  Collection untyped_;
};

}  // namespace cloudchamber
