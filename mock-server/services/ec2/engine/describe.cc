#include "mock-server/services/ec2/engine/describe.h"

#include <set>

#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/filters.h"
#include "mock-server/services/ec2/engine/paging.h"
#include "mock-server/services/ec2/engine/resources.h"

namespace cloudchamber::mock::ec2 {
namespace {

bool is_gone(const View& view, const Kind& kind, const Resource& resource) {
  return kind.gone != nullptr && kind.gone(view, resource);
}

// The ids asked for, sorted: each once. All forms are checked before any is looked for.
std::set<std::string> ids_asked_for(const View& view, const Kind& kind) {
  std::set<std::string> ids;
  const Json* given = view.call.find(kind.ids);
  if (given == nullptr) return ids;
  for (const Json& id : *given) check_form(kind, id.get_ref<const std::string&>());
  std::vector<std::string> missing;
  for (const Json& id : *given) {
    const std::string& text = id.get_ref<const std::string&>();
    const Resource* found = view.state.of(kind).find(text);
    if (found == nullptr || is_gone(view, kind, *found)) missing.push_back(text);
    ids.insert(text);
  }
  if (!missing.empty()) throw_not_found(kind, missing);
  return ids;
}

class Rows {
 public:
  Rows(const View& view, const Kind& kind, const Page& page, const Wanted& wanted)
      : view_(view), kind_(kind), page_(page), wanted_(wanted), filters_(view.call, kind) {}

  // False when the page is full.
  bool take(const Resources::value_type& row) {
    if (is_gone(view_, kind_, row.second)) return true;
    if (wanted_ && !wanted_(row.second)) return true;
    if (!filters_.accept(view_, kind_, row.first, row.second)) return true;
    if (selection_.rows.size() == page_.limit) {
      selection_.next_token = token_after(kind_.type, selection_.rows.back()->first);
      return false;
    }
    selection_.rows.push_back(&row);
    return true;
  }

  Selection finish() { return std::move(selection_); }

 private:
  const View& view_;
  const Kind& kind_;
  const Page& page_;
  const Wanted& wanted_;
  Filters filters_;
  Selection selection_;
};

}  // namespace

Selection select(const View& view, const Kind& kind, const Wanted& wanted) {
  const Json* given = view.call.find(kind.ids);
  if (given != nullptr && !given->empty() && view.call.has("MaxResults") &&
      !kind.ids_exclude_paging.empty())
    throw invalid_combination("The parameter " + std::string(kind.ids_exclude_paging) +
                              " cannot be used with the parameter maxResults");
  const std::set<std::string> ids = ids_asked_for(view, kind);
  const Page page = page_of(view.call, kind.type, kind.min_results, kind.max_results);
  const Resources& all = view.state.of(kind);
  Rows rows(view, kind, page, wanted);
  if (ids.empty()) {
    for (auto row = all.upper_bound(page.after); row != all.end(); ++row) {
      if (!rows.take(*row)) break;
    }
  } else {
    for (auto id = ids.upper_bound(page.after); id != ids.end(); ++id) {
      if (!rows.take(*all.lower_bound(*id))) break;
    }
  }
  return rows.finish();
}

Json describe(const Call& call, const Ec2& state, const Kind& kind, const Wanted& wanted) {
  const View view{call, state};
  const Selection selection = select(view, kind, wanted);
  Json rows = Json::array();
  for (const auto* row : selection.rows) rows.push_back(shown(view, kind, row->first, row->second));
  Json output{{std::string(kind.list), std::move(rows)}};
  if (selection.next_token.has_value()) output["NextToken"] = *selection.next_token;
  return output;
}

}  // namespace cloudchamber::mock::ec2
