// What AWS's services do on the wire that their models don't say, as data: the only place in the
// encoders where a service is named. Each line has its source.
#pragma once

#include <string_view>

#include "sdk/model/service_model.h"

namespace cloudchamber::mock {

struct WireDetails {
  // What stands before the root element of a document.
  std::string_view xml_declaration;
  // The xmlns of the root element, where it is not the model's.
  std::string_view xml_namespace;
  // An empty <Detail/> in errors.
  bool error_detail = false;
  // X-Amz-Crc32 of the body.
  bool crc32 = false;
};

[[nodiscard]] const WireDetails& wire_details(const ServiceModel& service);

// Errors, ids and request ids as S3 has them: <Error> without a wrapping, x-amz-request-id,
// x-amz-id-2. It is what signs like S3.
[[nodiscard]] bool is_s3_like(const ServiceModel& service);

// The root element of the operation's document; "" where the model's names are right.
[[nodiscard]] std::string_view output_root(const ServiceModel& service, const Operation& operation);

// Does the document begin with <return>true</return>, which the model leaves out?
[[nodiscard]] bool answers_return(const ServiceModel& service, const Operation& operation);

// Is the text of the output's only member the text of the root element itself?
[[nodiscard]] bool has_unwrapped_output(const ServiceModel& service, const Operation& operation);

}  // namespace cloudchamber::mock
