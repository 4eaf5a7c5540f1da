// Everything that a program needs to talk to AWS through this SDK.
#pragma once

#include <nlohmann/json.hpp>

#include "cloudchamber/blob.h"
#include "cloudchamber/client.h"
#include "cloudchamber/clock.h"
#include "cloudchamber/collection.h"
#include "cloudchamber/errors.h"
#include "cloudchamber/json.h"
#include "cloudchamber/paginator.h"
#include "cloudchamber/resource.h"
#include "cloudchamber/session.h"
#include "cloudchamber/waiter.h"
