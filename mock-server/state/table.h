// Table: a persistent ordered map. Copying one is O(1) and shares everything; a change copies only
// the nodes on the path to it, and not even those where nobody else shares them. The building block
// of all state.
//
// A value type like std::map, with these differences: values are changed through put() or change(),
// never through an iterator; iterators go both ways and are valid until the table they came from is
// changed or gone. Reading one table from several threads is safe; so is reading a copy while the
// other copy is changed.
#pragma once

#include <cstddef>
#include <functional>

namespace cloudchamber::mock {

template <class Key, class Value, class Compare = std::less<>>
class Table;
//   Table(); Table(const Table&) is O(1)
//   std::size_t size() const; bool empty() const;                         O(1)
//   const Value* find(const K& key) const;                                null when absent;
//   heterogeneous keys if Compare is transparent bool contains(const K& key) const; bool put(Key
//   key, Value value);                                       true when the key was new Value*
//   change(const K& key);                                          a value of this copy alone, null
//   when absent; valid until the next change bool erase(const K& key); true when it was there void
//   clear(); const_iterator begin(), end(), lower_bound(const K&), upper_bound(const K&),
//   find_position(const K&) const const_iterator: bidirectional; *it is a `const std::pair<const
//   Key, Value>&`-like with .first/.second (or key()/value())

}  // namespace cloudchamber::mock
