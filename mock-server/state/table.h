// Table: a persistent ordered map. Copying one is O(1) and shares everything; a change copies only
// the nodes on the path to it, and not even those where nobody else shares them. The building block
// of all state.
//
// A value type like std::map, with these differences: values are changed through put() or change(),
// never through an iterator; iterators go both ways and are valid until the table they came from is
// changed or gone. Reading one table from several threads is safe; so is reading a copy while the
// other copy is changed.
//
// Inside it is an AVL tree of counted nodes. An entry lies apart from its node, so that copying a
// path copies no value.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "mock-server/state/ref.h"

namespace cloudchamber::mock {

template <class Key, class Value, class Compare = std::less<>>
class Table {
  struct Entry : Counted {
    template <class... Args>
    explicit Entry(Args&&... args) : pair(std::forward<Args>(args)...) {}
    std::pair<const Key, Value> pair;
  };
  struct Node : Counted {
    explicit Node(Ref<Entry> e) : entry(std::move(e)) {}
    Ref<Entry> entry;
    Ref<Node> left;
    Ref<Node> right;
    int height = 1;
  };

 public:
  using value_type = std::pair<const Key, Value>;
  class const_iterator;

  Table() = default;
  Table(std::initializer_list<value_type> entries) {
    for (const value_type& entry : entries) put(entry.first, entry.second);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  // The value of `key`, null when absent. Valid until the table is changed or gone.
  template <class K>
  [[nodiscard]] const Value* find(const K& key) const {
    const Node* node = root_.get();
    while (node != nullptr) {
      const Key& here = node->entry->pair.first;
      if (compare_(key, here)) {
        node = node->left.get();
      } else if (compare_(here, key)) {
        node = node->right.get();
      } else {
        return &node->entry->pair.second;
      }
    }
    return nullptr;
  }
  template <class K>
  [[nodiscard]] bool contains(const K& key) const {
    return find(key) != nullptr;
  }

  // Sets the value of `key`; true when the key was new.
  bool put(Key key, Value value) {
    bool added = false;
    put_below(root_, Ref<Entry>::make(std::move(key), std::move(value)), added);
    if (added) ++size_;
    return added;
  }

  // The value of `key` in this copy alone, to be changed in place; null when absent. Valid until
  // the next change.
  template <class K>
  [[nodiscard]] Value* change(const K& key) {
    if (!contains(key)) return nullptr;
    Ref<Node>* slot = &root_;
    for (;;) {
      own(*slot);
      Node& node = **slot;
      if (compare_(key, node.entry->pair.first)) {
        slot = &node.left;
      } else if (compare_(node.entry->pair.first, key)) {
        slot = &node.right;
      } else {
        if (!node.entry.unique()) node.entry = Ref<Entry>::make(node.entry->pair);
        return &node.entry->pair.second;
      }
    }
  }

  // True when the key was there.
  template <class K>
  bool erase(const K& key) {
    if (!contains(key)) return false;
    erase_below(root_, key);
    --size_;
    return true;
  }

  void clear() { *this = Table(); }

  [[nodiscard]] const_iterator begin() const {
    const_iterator position(root_.get());
    position.descend(root_.get(), &Node::left);
    return position;
  }
  [[nodiscard]] const_iterator end() const { return const_iterator(root_.get()); }

  // The first entry whose key is not less than (is greater than) `key`.
  template <class K>
  [[nodiscard]] const_iterator lower_bound(const K& key) const {
    return first([&](const Key& here) { return !compare_(here, key); });
  }
  template <class K>
  [[nodiscard]] const_iterator upper_bound(const K& key) const {
    return first([&](const Key& here) { return compare_(key, here); });
  }

  class const_iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = Table::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;

    const_iterator() = default;
    reference operator*() const { return path_[depth_ - 1]->entry->pair; }
    pointer operator->() const { return &**this; }

    const_iterator& operator++() {
      step(&Node::right, &Node::left);
      return *this;
    }
    const_iterator& operator--() {
      if (depth_ == 0) {
        descend(root_, &Node::right);
      } else {
        step(&Node::left, &Node::right);
      }
      return *this;
    }
    const_iterator operator++(int) {
      const_iterator before = *this;
      ++*this;
      return before;
    }
    const_iterator operator--(int) {
      const_iterator before = *this;
      --*this;
      return before;
    }
    friend bool operator==(const const_iterator& a, const const_iterator& b) {
      const Node* at_a = a.depth_ == 0 ? nullptr : a.path_[a.depth_ - 1];
      const Node* at_b = b.depth_ == 0 ? nullptr : b.path_[b.depth_ - 1];
      return at_a == at_b;
    }

   private:
    friend class Table;
    explicit const_iterator(const Node* root) : root_(root) {}

    void descend(const Node* node, Ref<Node> Node::*side) {
      for (; node != nullptr; node = (node->*side).get()) path_[depth_++] = node;
    }
    // To the neighbour on side `onward`: the far end of that subtree, else the nearest ancestor on
    // whose other side we are.
    void step(Ref<Node> Node::*onward, Ref<Node> Node::*back) {
      const Node* node = path_[depth_ - 1];
      if (node->*onward) {
        descend((node->*onward).get(), back);
        return;
      }
      for (--depth_; depth_ > 0 && (path_[depth_ - 1]->*onward).get() == node; --depth_)
        node = path_[depth_ - 1];
    }

    const Node* root_ = nullptr;
    std::array<const Node*, 64> path_{};  // an AVL tree of 2^40 entries is 58 high
    std::size_t depth_ = 0;               // 0 at the end
  };

 private:
  template <class Accept>
  [[nodiscard]] const_iterator first(const Accept& accept) const {
    const_iterator position(root_.get());
    std::size_t found = 0;
    for (const Node* node = root_.get(); node != nullptr;) {
      position.path_[position.depth_++] = node;
      if (accept(node->entry->pair.first)) {
        found = position.depth_;
        node = node->left.get();
      } else {
        node = node->right.get();
      }
    }
    position.depth_ = found;
    return position;
  }

  // Makes the node this table's alone. Its parent is already.
  static void own(Ref<Node>& slot) {
    if (!slot.unique()) slot = Ref<Node>::make(*slot);
  }

  void put_below(Ref<Node>& slot, Ref<Entry>&& entry, bool& added) {
    if (!slot) {
      slot = Ref<Node>::make(std::move(entry));
      added = true;
      return;
    }
    own(slot);
    if (compare_(entry->pair.first, slot->entry->pair.first)) {
      put_below(slot->left, std::move(entry), added);
    } else if (compare_(slot->entry->pair.first, entry->pair.first)) {
      put_below(slot->right, std::move(entry), added);
    } else {
      slot->entry = std::move(entry);
      return;
    }
    if (added) balance(slot);
  }

  template <class K>
  void erase_below(Ref<Node>& slot, const K& key) {
    own(slot);
    if (compare_(key, slot->entry->pair.first)) {
      erase_below(slot->left, key);
    } else if (compare_(slot->entry->pair.first, key)) {
      erase_below(slot->right, key);
    } else if (!slot->left) {
      slot = Ref<Node>(slot->right);
      return;
    } else if (!slot->right) {
      slot = Ref<Node>(slot->left);
      return;
    } else {
      slot->entry = take_first(slot->right);
    }
    balance(slot);
  }

  static Ref<Entry> take_first(Ref<Node>& slot) {
    own(slot);
    if (!slot->left) {
      Ref<Entry> entry = slot->entry;
      slot = Ref<Node>(slot->right);
      return entry;
    }
    Ref<Entry> entry = take_first(slot->left);
    balance(slot);
    return entry;
  }

  static int height(const Ref<Node>& node) { return node ? node->height : 0; }
  static void measure(Node& node) {
    node.height = 1 + std::max(height(node.left), height(node.right));
  }

  static void rotate(Ref<Node>& slot, Ref<Node> Node::*from, Ref<Node> Node::*to) {
    Ref<Node> top = std::move((*slot).*from);
    own(top);
    (*slot).*from = std::move((*top).*to);
    measure(*slot);
    (*top).*to = std::move(slot);
    measure(*top);
    slot = std::move(top);
  }
  static void balance(Ref<Node>& slot) {
    measure(*slot);
    const int lean = height(slot->left) - height(slot->right);
    if (lean > 1) {
      own(slot->left);
      if (height(slot->left->left) < height(slot->left->right))
        rotate(slot->left, &Node::right, &Node::left);
      rotate(slot, &Node::left, &Node::right);
    } else if (lean < -1) {
      own(slot->right);
      if (height(slot->right->right) < height(slot->right->left))
        rotate(slot->right, &Node::left, &Node::right);
      rotate(slot, &Node::right, &Node::left);
    }
  }

  Ref<Node> root_;
  std::size_t size_ = 0;
  [[no_unique_address]] Compare compare_;
};

}  // namespace cloudchamber::mock
