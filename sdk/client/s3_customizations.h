// The part of customizations.h that is S3's.
#pragma once

#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

void adjust_s3_parameters(OutgoingCall& call);
void adjust_s3_response(OutgoingCall& call);
void adjust_s3_result(OutgoingCall& call);

}  // namespace cloudchamber
