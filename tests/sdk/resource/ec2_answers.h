// EC2's answers, as short as they can be, and what was asked of it.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sdk/codec/uri.h"
#include "tests/sdk/client/stage.h"

namespace cloudchamber {

using InstanceIds = std::vector<std::string>;

// One page of DescribeInstances, an instance a reservation, `more` its token.
inline std::string instances_page(const InstanceIds& ids, const std::string& more = "",
                                  const std::string& inside = "") {
  std::string xml = "<DescribeInstancesResponse><reservationSet>";
  for (const std::string& id : ids) {
    xml += "<item><instancesSet><item><instanceId>" + id + "</instanceId>" + inside +
           "</item></instancesSet></item>";
  }
  xml += "</reservationSet>";
  if (!more.empty()) xml += "<nextToken>" + more + "</nextToken>";
  return xml + "</DescribeInstancesResponse>";
}

// The fields of a request's form.
inline std::map<std::string, std::string> form(const HttpRequest& request) {
  std::map<std::string, std::string> fields;
  const std::string body = request.body.to_string();
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('&', at), body.size());
    const std::string field = body.substr(at, end - at);
    const std::size_t equals = field.find('=');
    fields[field.substr(0, equals)] = uri_decode(field.substr(equals + 1));
    at = end + 1;
  }
  return fields;
}

}  // namespace cloudchamber
