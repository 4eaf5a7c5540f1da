#include "recordings/verify/compare.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "recordings/bind/placeholders.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/recording/redact_body.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxShown = 400;      // bytes of a value in a report
constexpr std::size_t kShortestName = 4;    // of what a made thing may be known by
constexpr std::size_t kMaxReordered = 300;  // elements of a list

std::string shown(const Json& value) {
  std::string text;
  if (value.is_string()) {
    text = value.get<std::string>();
  } else if (value.is_binary()) {
    text = std::to_string(bytes_of(value).size()) + " bytes";
  } else {
    text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  if (text.size() > kMaxShown) text = text.substr(0, kMaxShown) + "...";
  return text;
}

bool is_time(const Shape* shape) {
  return shape != nullptr && shape->type == ShapeType::kTimestamp;
}

// Is `text` the placeholder of one of the members that `where` names?
bool is_placeholder(const std::string& where, std::string_view text) {
  const std::string_view name = placeholder_name(text);
  if (name.empty()) return false;
  for (std::size_t at = where.find(name); at != std::string::npos; at = where.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || where[at - 1] == '.') &&
        (end == where.size() || where[end] == '.' || where[end] == '['))
      return true;
  }
  return false;
}

const Shape* member_shape(const Shape* shape, const std::string& name) {
  if (shape == nullptr) return nullptr;
  if (shape->type == ShapeType::kMap) return shape->value.shape;
  const Member* member = shape->find(name);
  return member == nullptr ? nullptr : member->shape;
}

std::string below(const std::string& where, const std::string& name) {
  return where.empty() ? name : where + '.' + name;
}

template <class Test>
bool any_text(const Json& value, const Test& test) {
  if (value.is_structured())
    return std::any_of(value.begin(), value.end(),
                       [&](const Json& part) { return any_text(part, test); });
  return value.is_string() && test(value.get_ref<const std::string&>());
}

// Elements that EC2 gave ids to, by which it lists them.
bool is_by_ids(const Json& list) {
  const auto has_id = [](const Json& element) {
    return any_text(element, [](const std::string& text) {
      const auto kind = generated(text);
      return kind && kind->kind == Kind::kId;
    });
  };
  return std::all_of(list.begin(), list.end(), has_id);
}

bool is_derived(const Json& value) {
  if (!value.is_string()) return value.is_number() || value.is_boolean();
  const auto kind = generated(value.get_ref<const std::string&>());
  return kind && kind->kind == Kind::kToken;
}

bool only_adds(const Differences& differences) {
  return std::all_of(differences.begin(), differences.end(), [](const Difference& difference) {
    return difference.aspect == Aspect::kAdditional;
  });
}

bool is_trifle(const std::string& text) {
  if (text.size() < kShortestName || text == "true" || text == "false" ||
      text.find_first_not_of("0123456789.") == std::string::npos)
    return true;
  const auto kind = generated(text);
  return kind && kind->kind == Kind::kTime;
}

}  // namespace

const char* name_of(Aspect aspect) {
  switch (aspect) {
    case Aspect::kStatus:
      return "status";
    case Aspect::kCode:
      return "code";
    case Aspect::kMessage:
      return "message";
    case Aspect::kHeader:
      return "header";
    case Aspect::kMember:
      return "member";
    case Aspect::kMissing:
      return "missing";
    case Aspect::kAdditional:
      return "additional";
    case Aspect::kOrder:
      return "order";
    case Aspect::kBody:
      return "body";
    case Aspect::kTime:
      return "time";
  }
  return "";
}

bool tells_of(const Made& made, const Json& value) {
  return any_text(value, [&](const std::string& text) { return made.contains(text); });
}

void add_texts(const Json& value, Made& made) {
  if (value.is_structured()) {
    for (const Json& part : value) add_texts(part, made);
  } else if (value.is_string() && !is_trifle(value.get_ref<const std::string&>())) {
    made.insert(value.get<std::string>());
  }
}

void Comparison::missing(Aspect aspect, const std::string& where, const Json& value, bool before) {
  const bool additional = aspect == Aspect::kAdditional;
  add({.aspect = aspect,
       .where = where,
       .recorded = additional ? std::string() : shown(value),
       .mock = additional ? shown(value) : std::string(),
       .before = before,
       .derived = is_derived(value)});
}

bool Comparison::is_what_was_sent(const std::string& recorded, const std::string& mock) const {
  return sent_ != nullptr && recorded.find('<') != std::string::npos &&
         std::any_of(sent_->begin(), sent_->end(), [&](const auto& one) {
           std::string text = recorded;
           replace_all(text, one.first, one.second);
           return text == mock;
         });
}

void Comparison::times(const std::string& where, TimePoint recorded, TimePoint mock) {
  if (times_ == nullptr || times_->agree(recorded, mock, bindings_)) return;
  add({.aspect = Aspect::kTime,
       .where = where,
       .recorded = times_->shown_recorded(recorded),
       .mock = times_->shown_mock(mock)});
}

void Comparison::texts(Aspect aspect, const std::string& where, const std::string& recorded,
                       const std::string& mock) {
  if (recorded != mock) {
    const auto theirs = time_in(recorded);
    const auto ours = theirs ? time_in(mock) : std::nullopt;
    if (theirs && ours) {
      times(where, *theirs, *ours);
      return;
    }
  }
  if (bindings_.unify(recorded, mock) || is_what_was_sent(recorded, mock) ||
      (is_placeholder(where, recorded) && !mock.empty()))
    return;
  add({.aspect = aspect, .where = where, .recorded = shown(recorded), .mock = shown(mock)});
}

void Comparison::values(const Shape* shape, const std::string& where, const Json& recorded,
                        const Json& mock) {
  if (is_time(shape)) {
    const auto theirs = timestamp_of(recorded);
    const auto ours = timestamp_of(mock);
    if (theirs && ours) {
      times(where, *theirs, *ours);
      return;
    }
  }
  if (recorded.is_object() && mock.is_object()) {
    structures(shape, where, recorded, mock);
  } else if (recorded.is_array() && mock.is_array()) {
    lists(shape, where, recorded, mock);
  } else if (recorded.is_string() && mock.is_string()) {
    texts(Aspect::kMember, where, recorded.get_ref<const std::string&>(),
          mock.get_ref<const std::string&>());
  } else if (recorded != mock &&
             !(recorded.is_binary() && mock.is_binary() &&
               is_placeholder(where, bytes_of(recorded)) && !bytes_of(mock).empty())) {
    add({.aspect = Aspect::kMember,
         .where = where,
         .recorded = shown(recorded),
         .mock = shown(mock),
         .derived = is_derived(recorded) && is_derived(mock)});
  }
}

void Comparison::structures(const Shape* shape, const std::string& where, const Json& recorded,
                            const Json& mock) {
  const bool is_map = shape != nullptr && shape->type == ShapeType::kMap;
  Made names;  // as the simulated AWS has them
  for (const auto& [name, value] : recorded.items()) {
    const std::string our_name = is_map ? bindings_.translate(name) : name;
    names.insert(our_name);
    const auto ours = mock.find(our_name);
    if (ours != mock.end()) {
      values(member_shape(shape, name), below(where, name), value, *ours);
    } else if (lists_everything_ && value.is_array() && !value.empty()) {
      lists(member_shape(shape, name), below(where, name), value, Json::array());
    } else {
      missing(Aspect::kMissing, below(where, name), value, false);
    }
  }
  for (const auto& [name, value] : mock.items()) {
    if (names.contains(name)) continue;
    if (lists_everything_ && value.is_array() && !value.empty()) {
      lists(member_shape(shape, name), below(where, name), Json::array(), value);
    } else {
      missing(Aspect::kAdditional, below(where, name), value, false);
    }
  }
}

Differences Comparison::tried(const Shape* shape, const std::string& where, const Json& recorded,
                              const Json& mock) {
  --tries_;
  Differences outside = std::exchange(found_, {});
  values(shape, where, recorded, mock);
  return std::exchange(found_, std::move(outside));
}

bool Comparison::in_another_order(const Shape* element, const Json& recorded, const Json& mock) {
  std::vector<bool> taken(mock.size(), false);
  for (const Json& theirs : recorded) {
    bool found = false;
    for (std::size_t i = 0; i < mock.size() && !found; ++i) {
      if (taken[i]) continue;
      if (tries_ <= 0) return false;
      const std::size_t mark = bindings_.mark();
      const Differences differences = tried(element, "", theirs, mock[i]);
      if (only_adds(differences)) {
        taken[i] = found = true;
      } else {
        bindings_.undo_to(mark);
      }
    }
    if (!found) return false;
  }
  return true;
}

// Did the recording not make this, as far as it tells?
bool Comparison::may_be_of_before(const Json& recorded) const {
  return (recorded.is_object() || recorded.is_string()) && !tells_of(made_, recorded) &&
         !any_text(recorded, [&](const std::string& text) { return bindings_.knows(text); });
}

// Is this something that was there when the simulated AWS began, such as a default VPC?
bool Comparison::is_own(const Json& mock) const {
  return mock.is_object() && any_text(mock, is_id) && !any_text(mock, [&](const std::string& text) {
           return is_id(text) && bindings_.knows_mock(text);
         });
}

Differences Comparison::in_order(const Shape* element, const std::string& where,
                                 const Json& recorded, const Json& mock) {
  Differences found;
  for (std::size_t i = 0; i < std::min(recorded.size(), mock.size()); ++i) {
    Differences more = tried(element, where + '[' + std::to_string(i) + ']', recorded[i], mock[i]);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  return found;
}

void Comparison::lists(const Shape* shape, const std::string& where, const Json& recorded,
                       const Json& mock) {
  const Shape* element = shape == nullptr ? nullptr : shape->element.shape;
  const std::size_t mark = bindings_.mark();
  Differences by_place = in_order(element, where, recorded, mock);
  const bool same = recorded.size() == mock.size() && only_adds(by_place);
  if (same || tries_ <= 0) {
    add_rest(where, recorded, mock, std::move(by_place));
    return;
  }
  // Bindings by place would be wrong ones, if another order fits.
  const Bindings bound_by_place = bindings_;
  bindings_.undo_to(mark);
  if (recorded.size() == mock.size() && recorded.size() <= kMaxReordered &&
      in_another_order(element, recorded, mock)) {
    if (!ignores_order_ && !is_by_ids(recorded))
      add({.aspect = Aspect::kOrder,
           .where = where,
           .recorded = shown(recorded),
           .mock = shown(mock)});
    return;
  }
  if (!lists_everything_) {
    bindings_ = bound_by_place;
    add_rest(where, recorded, mock, std::move(by_place));
    return;
  }
  bindings_.undo_to(mark);
  lists_without_strangers(element, where, recorded, mock);
}

// What was there before the recording began, and what was there when the simulated AWS began, is
// left aside.
void Comparison::lists_without_strangers(const Shape* element, const std::string& where,
                                         const Json& recorded, const Json& mock) {
  const auto at = [&](std::size_t i) { return where + '[' + std::to_string(i) + ']'; };
  Json theirs = Json::array();
  Json ours = Json::array();
  std::size_t lacking = recorded.size() > mock.size() ? recorded.size() - mock.size() : 0;
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    if (may_be_of_before(recorded[i]) && (lacking > 0 || any_text(recorded[i], is_id))) {
      if (lacking > 0) --lacking;
      missing(Aspect::kMissing, at(i), recorded[i], true);
    } else {
      theirs.push_back(recorded[i]);
    }
  }
  for (std::size_t i = 0; i < mock.size(); ++i) {
    const std::size_t left = mock.size() - i;
    if (theirs.size() < ours.size() + left && is_own(mock[i])) {
      missing(Aspect::kAdditional, at(i), mock[i], true);
    } else {
      ours.push_back(mock[i]);
    }
  }
  add_rest(where, theirs, ours, in_order(element, where, theirs, ours));
}

// `by_place` is how the elements differ that both lists have.
void Comparison::add_rest(const std::string& where, const Json& recorded, const Json& mock,
                          Differences by_place) {
  std::move(by_place.begin(), by_place.end(), std::back_inserter(found_));
  const std::size_t both = std::min(recorded.size(), mock.size());
  for (std::size_t i = both; i < recorded.size(); ++i)
    missing(Aspect::kMissing, where + '[' + std::to_string(i) + ']', recorded[i], false);
  for (std::size_t i = both; i < mock.size(); ++i)
    missing(Aspect::kAdditional, where + '[' + std::to_string(i) + ']', mock[i], false);
}

}  // namespace cloudchamber::recordings
