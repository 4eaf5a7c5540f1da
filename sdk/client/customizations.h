// What single services need beyond their models, as boto3 does it for its users. Each stage of
// call.cc that may meet such a thing has one function here; they do nothing for anything else.
#pragma once

#include "sdk/client/outgoing_call.h"

namespace cloudchamber {

// Before validation. S3: CopySource as {"Bucket", "Key", "VersionId"} or percent-encoded; the
// customer's encryption key and its MD5 base64-encoded; listings asked for in encoded form, so that
// every key survives XML; the bucket's name checked. EC2: UserData base64-encoded.
void adjust_parameters(OutgoingCall& call);

// Before parsing. S3 answers some failures with status 200 and an <Error> body: they get 500.
void adjust_response(OutgoingCall& call);

// The result of a success. S3: encoded listings decoded. IAM and CloudFormation: policy documents
// and templates as the JSON that they are.
void adjust_result(OutgoingCall& call);

}  // namespace cloudchamber
