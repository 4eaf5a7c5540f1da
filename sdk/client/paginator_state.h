// How a client makes its paginators.
#pragma once

#include "cloudchamber/client.h"
#include "cloudchamber/paginator.h"
#include "sdk/model/service_model.h"

namespace cloudchamber {

// Reads the operation's paging in the model. Throws PaginationError when it can't be paged.
[[nodiscard]] Paginator make_paginator(const Client& client, const Operation& operation);

}  // namespace cloudchamber
