#include "cmake/precompiled/test.h"
