#include "cmake/precompiled/library.h"

template class nlohmann::basic_json<>;
