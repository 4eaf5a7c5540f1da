// Lists of named entities below a path, a page at a time.
#pragma once

#include <string>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/paging.h"

namespace cloudchamber::mock::iam {

// Those whose path begins with the member PathPrefix, in the order of their names.
template <class T, class Show>
[[nodiscard]] Json list_entities(const Call& call, const Iam& iam, const char* member, Show show) {
  Page page(call, member);
  const std::string prefix = call.text_or("PathPrefix", "/");
  for (const auto& [key, entity] : iam.*Kind<T>::kTable) {
    if (!entity.path.starts_with(prefix)) continue;
    if (!page.add(key, [&, &shown_one = entity] { return show(shown_one); })) break;
  }
  return page.result();
}

}  // namespace cloudchamber::mock::iam
