// From the bytes of a request to the parameters of an operation: the mirror of the SDK's
// serialize/.
//
// Strangers send these bytes: whatever they are, the answer is parameters or a thrown AwsError that
// AWS would give for them (SerializationException, MalformedXML, MalformedInput,
// InvalidArgument...). Nothing here knows a service. Thread-safe.
//
// The parameters have the model's types and no others: whoever reads them need not check a type
// again. Whether they are complete and within their limits is not asked here.
#pragma once

#include "cloudchamber/blob.h"
#include "cloudchamber/http.h"
#include "cloudchamber/json.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

// Decodes by `service.protocol`: for a query request to SQS, pass its query model. The member that
// the model calls `streaming` is left out: it is `request.body`, with aws-chunked framing already
// taken off; any other payload, such as PutBucketPolicy's text, is a member like the rest. For rest
// protocols the URI labels are found by matching operation.request_uri against request.target.
[[nodiscard]] Json decode(const ServiceModel& service, const Operation& operation,
                          const HttpRequest& request);

}  // namespace cloudchamber::mock
