#include "mock-server/services/s3/post_object.h"

#include <array>
#include <nlohmann/json.hpp>

#include "mock-server/call/dispatch.h"
#include "mock-server/services/s3/errors.h"
#include "mock-server/services/s3/form_data.h"
#include "mock-server/services/s3/post_policy.h"
#include "mock-server/state/credentials.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"
#include "sdk/codec/uri.h"
#include "sdk/codec/xml.h"
#include "sdk/model/service_model.h"

namespace cloudchamber::mock::s3 {
namespace {

AwsError missing_field(const std::string& name) {
  AwsError error("InvalidArgument",
                 "Bucket POST must contain a field named '" + name +
                     "'.  If it is specified, please check the order of the fields.",
                 400);
  error.with("ArgumentName", name).with("ArgumentValue", "");
  return error;
}

AwsError wrong_signature(const std::string& key_id, const std::string& string_to_sign,
                         const std::string& provided) {
  AwsError error("SignatureDoesNotMatch",
                 "The request signature we calculated does not match the signature you provided. "
                 "Check your key and signing method.",
                 403);
  error.with("AWSAccessKeyId", key_id)
      .with("StringToSign", string_to_sign)
      .with("SignatureProvided", provided);
  return error;
}

Principal principal_of(const Credential& credential, const std::string& key_id) {
  return {.account = credential.account,
          .arn = credential.arn,
          .user_id = credential.user_id,
          .access_key_id = key_id,
          .anonymous = false};
}

// A key that nobody created is believed to be what it says, as everywhere.
Principal stranger(const std::string& key_id) {
  const bool account =
      key_id.size() == 12 && key_id.find_first_not_of("0123456789") == std::string::npos;
  const std::string id = account ? key_id : "123456789012";
  return {.account = id,
          .arn = "arn:aws:iam::" + id + ":root",
          .user_id = id,
          .access_key_id = key_id,
          .anonymous = false};
}

std::string version_4_signature(const std::string& secret, std::string_view scope,
                                std::string_view policy) {
  std::string key = "AWS4" + secret;
  while (!scope.empty()) {  // date/region/service/aws4_request
    const std::size_t slash = scope.find('/');
    key = hmac_sha256(key, scope.substr(0, slash));
    scope = slash == std::string_view::npos ? std::string_view() : scope.substr(slash + 1);
  }
  return hex(hmac_sha256(key, policy));
}

// Who signed the policy. Nobody: a form without a policy.
Principal authenticate(const FormData& form, const KnownCredentials& known, bool strict) {
  const std::string* policy = form.find("policy");
  if (policy == nullptr) return {.anonymous = true};
  const std::string* signature = form.find("signature");
  const std::string* key_field = form.find("AWSAccessKeyId");
  std::string key_id;
  std::string scope;
  std::string provided;
  if (signature != nullptr || key_field != nullptr) {
    if (key_field == nullptr) throw missing_field("AWSAccessKeyId");
    if (signature == nullptr) throw missing_field("Signature");
    key_id = *key_field;
    provided = *signature;
  } else {
    constexpr std::array<const char*, 4> kFields = {"X-Amz-Algorithm", "X-Amz-Credential",
                                                    "X-Amz-Date", "X-Amz-Signature"};
    bool any = false;
    for (const char* field : kFields) any = any || form.find(field) != nullptr;
    if (!any) throw access_denied();
    for (const char* field : kFields) {
      if (form.find(field) == nullptr) throw missing_field(field);
    }
    const std::string& credential = *form.find("X-Amz-Credential");
    const std::size_t slash = credential.find('/');
    if (slash == std::string::npos) {
      throw invalid_argument("Error parsing the X-Amz-Credential parameter", "X-Amz-Credential",
                             credential);
    }
    key_id = credential.substr(0, slash);
    scope = credential.substr(slash + 1);
    provided = *form.find("X-Amz-Signature");
  }
  const Credential* credential = known.by_access_key_id.find(key_id);
  if (credential == nullptr ? strict : !credential->active) {
    AwsError error("InvalidAccessKeyId",
                   "The AWS Access Key Id you provided does not exist in our records.", 403);
    throw error.with("AWSAccessKeyId", key_id);
  }
  if (credential == nullptr) return stranger(key_id);
  const std::string& secret = credential->secret_access_key;
  const std::string expected = scope.empty() ? base64_encode(hmac_sha1(secret, *policy))
                                             : version_4_signature(secret, scope, *policy);
  if (expected != provided) throw wrong_signature(key_id, *policy, provided);
  return principal_of(*credential, key_id);
}

// The field "tagging" is a document, where PutObject takes a query string.
std::string tagging_of(const std::string& document) {
  std::string query;
  try {
    const pugi::xml_document xml = parse_xml(document);
    for (const pugi::xml_node& tag : xml.document_element().child("TagSet").children("Tag")) {
      if (!query.empty()) query += '&';
      query += uri_encode(tag.child_value("Key")) + "=" + uri_encode(tag.child_value("Value"));
    }
  } catch (const XmlError&) {
    throw malformed_xml();
  }
  return query;
}

// Puts the file's name where the key wants it: the policy sees it there, too.
std::string key_of(FormData& form) {
  constexpr std::string_view kVariable = "${filename}";
  std::string key = form.find("key") != nullptr ? *form.find("key") : throw missing_field("key");
  if (const std::size_t at = key.find(kVariable); at != std::string::npos) {
    key.replace(at, kVariable.size(), form.file_name);
  }
  if (key.empty()) {
    throw invalid_argument("User key must have a length greater than 0.", "key", "");
  }
  form.set("key", key);
  return key;
}

// The fields as PutObject's members, by the names that they have as headers.
Json input_of(const FormData& form, const Operation& operation, const std::string& bucket,
              const std::string& key) {
  Json input = {{"Bucket", bucket}, {"Key", key}};
  for (const Member& member : operation.input->members) {
    if (member.location != Location::kHeader) continue;
    const std::string* value = form.find(member.wire_name());
    if (value == nullptr && member.wire_name() == "x-amz-acl") value = form.find("acl");
    if (value == nullptr || member.wire_name() == "Content-Length") continue;
    if (member.shape->type == ShapeType::kBoolean) {
      input[member.name] = *value == "true";
    } else {
      input[member.name] = *value;
    }
  }
  if (const std::string* tagging = form.find("tagging")) input["Tagging"] = tagging_of(*tagging);
  constexpr std::string_view kMetadata = "x-amz-meta-";
  for (const auto& [name, value] : form.fields) {
    const std::string header = lowered(name);
    if (header.starts_with(kMetadata)) {
      input["Metadata"][header.substr(kMetadata.size())] = value;
    }
  }
  return input;
}

HttpResponse created(const FormData& form, const std::string& location, const std::string& bucket,
                     const std::string& key, const Json& output) {
  HttpResponse response;
  const std::string etag = output["ETag"].get<std::string>();
  response.headers.add("ETag", etag);
  response.headers.add("Location", location);
  if (output.contains("VersionId")) {
    response.headers.add("x-amz-version-id", output["VersionId"].get<std::string>());
  }
  response.status = 204;
  const std::string* redirect = form.find("success_action_redirect");
  if (redirect == nullptr) redirect = form.find("redirect");
  if (redirect != nullptr &&
      (redirect->starts_with("http://") || redirect->starts_with("https://"))) {
    response.status = 303;
    response.headers.set("Location", *redirect +
                                         (redirect->find('?') == std::string::npos ? '?' : '&') +
                                         "bucket=" + uri_encode(bucket) +
                                         "&key=" + uri_encode(key) + "&etag=" + uri_encode(etag));
    return response;
  }
  const std::string* status = form.find("success_action_status");
  if (status != nullptr && *status == "200") response.status = 200;
  if (status != nullptr && *status == "201") {
    response.status = 201;
    response.headers.add("Content-Type", "application/xml");
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>";
    append_xml_text(xml, location);
    xml += "</Location><Bucket>";
    append_xml_text(xml, bucket);
    xml += "</Bucket><Key>";
    append_xml_text(xml, key);
    xml += "</Key><ETag>";
    append_xml_text(xml, etag);
    xml += "</ETag></PostResponse>";
    response.body = Blob(std::move(xml));
  }
  return response;
}

}  // namespace

HttpResponse post_object(const ServiceHooks::Exchange& exchange, const std::string& bucket) {
  const HttpRequest& request = exchange.request;
  const auto boundary = form_boundary(request.headers.get("Content-Type"));
  if (!boundary) {
    throw precondition_failed("Bucket POST must be of the enclosure-type multipart/form-data");
  }
  FormData form = parse_form(request.body, *boundary);
  const TimePoint now = exchange.world.clock().now();
  Principal principal;
  {
    Transaction transaction = exchange.world.begin();
    principal = authenticate(form, transaction.read<KnownCredentials>("", ""), exchange.strict);
  }
  const std::string key = key_of(form);
  if (form.files != 1) {
    throw invalid_argument("POST requires exactly one file upload per request.", "file",
                           std::to_string(form.files));
  }
  if (const std::string* policy = form.find("policy")) {
    check_post_policy(*policy, form, bucket, now);
  }
  const std::shared_ptr<const ServiceModel> model = find_model("s3");
  const Operation& operation = *model->find_operation("PutObject");
  HttpRequest put{.method = "POST",
                  .scheme = request.scheme,
                  .host = request.host,
                  .target = request.target,
                  .headers = {},
                  .body = form.file};
  for (const auto& [name, value] : form.fields) put.headers.add(name, value);
  const std::string endpoint = request.scheme + "://" + request.host;
  const Json input = input_of(form, operation, bucket, key);
  const Reply reply = exchange.dispatcher.run({.service = *model,
                                               .operation = operation,
                                               .input = input,
                                               .request = put,
                                               .principal = principal,
                                               .region = exchange.region,
                                               .request_id = exchange.request_id,
                                               .endpoint = endpoint,
                                               .received = now,
                                               .now = now,
                                               .ids = exchange.world.ids()});
  return created(form, endpoint + "/" + bucket + "/" + uri_encode(key, true), bucket, key,
                 reply.output);
}

}  // namespace cloudchamber::mock::s3
