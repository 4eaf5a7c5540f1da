// Paginator: all pages of an operation's result as a range, fetched as they are asked for.
//
//   for (const Json& page : s3.get_paginator("list_objects").paginate({{"Bucket", "b"}}))
//     use(page.at("Contents"));
//   for (const Json& key : pages.search("Contents[?Size > `100`].Key")) print(key);
//
// Everything here is a value that shares what it needs: a range outlives the paginator, the
// paginator its client. Iterating (C++ input range: one pass a begin()) is for one thread at a
// time; each begin() asks the service anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/json.h"

namespace cloudchamber {

// boto3's PaginationConfig, which may also stand in the parameters under that name.
struct PagingOptions {
  std::optional<std::int64_t> max_items;      // stop after so many items, within a page if need be
  std::optional<std::int64_t> page_size;      // ask the service for so many a page
  std::optional<std::string> starting_token;  // a resume_token() of an earlier run
};

// The items of all pages, one after another.
class Items {
 public:
  class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = Json;
    using difference_type = std::ptrdiff_t;
    using pointer = const Json*;
    using reference = const Json&;

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

  [[nodiscard]] iterator begin() const;
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

  struct Source;
  explicit Items(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

 private:
  std::shared_ptr<const Source> source_;
};

class Pages {
 public:
  class iterator {  // NOLINT(readability-identifier-naming): as ranges call it
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = Json;
    using difference_type = std::ptrdiff_t;
    using pointer = const Json*;
    using reference = const Json&;

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

  // All pages merged into one result, as boto3 merges them: lists joined, numbers added, strings
  // joined, the non-aggregate keys of the first page, and "NextToken" (a resume token) when
  // max_items cut it short.
  [[nodiscard]] Json build_full_result() const;

  // What the JMESPath expression gives on each page, lists one element at a time. Throws
  // JmesPathError at once.
  [[nodiscard]] Items search(std::string_view jmespath) const;
  // The elements of the first (or the given) result key.
  [[nodiscard]] Items items() const;
  // One range for each result key, in the order of the model. Each asks the service for itself.
  [[nodiscard]] std::vector<Items> result_key_iters() const;
  [[nodiscard]] std::vector<std::string> result_keys() const;

  // Set by the last iteration when max_items cut it short: the starting_token to go on from.
  [[nodiscard]] std::optional<std::string> resume_token() const;
  // The non-aggregate keys of the first page of the last iteration: an object.
  [[nodiscard]] const Json& non_aggregate_part() const;

  struct Source;
  explicit Pages(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

 private:
  std::shared_ptr<const Source> source_;
};

class Paginator {
 public:
  // Nothing is sent until the pages are iterated. Throws PaginationError for a page_size where the
  // operation has none and for a starting_token that is none.
  [[nodiscard]] Pages paginate() const;
  [[nodiscard]] Pages paginate(const Json& parameters, const PagingOptions& options = {}) const;

  struct State;
  explicit Paginator(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace cloudchamber
