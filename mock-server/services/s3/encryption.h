// Server-side encryption: what a request asks for, what its answer says, and the checks of a
// customer's key. Nothing is encrypted: the headers and the refusals are S3's.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html
#pragma once

#include <string>
#include <string_view>

#include "cloudchamber/json.h"
#include "mock-server/call/call.h"
#include "mock-server/services/s3/bucket.h"

namespace cloudchamber::mock::s3 {

// Of a new object or upload: the request's headers, else the bucket's default, else SSE-S3. Throws
// InvalidArgument, InvalidEncryptionAlgorithmError.
[[nodiscard]] Encryption requested_encryption(const Call& call, const Bucket& bucket);

// The base64 MD5 of the customer's key in the input's members `prefix`SSECustomerAlgorithm, ...Key
// and
// ...KeyMD5; "" when none is given. Throws as above.
[[nodiscard]] std::string customer_key_md5(const Call& call, const std::string& prefix = "");

// Reading what is encrypted so needs the right customer's key, and none where there is none: throws
// InvalidRequest, AccessDenied.
void check_customer_key(const Call& call, const Encryption& encryption,
                        const std::string& prefix = "");

// Adds ServerSideEncryption, SSEKMSKeyId, ... to an output. `shows_context` where the shape has
// SSEKMSEncryptionContext.
void write_encryption(const Encryption& encryption, Json& output, bool shows_context = false);

// What GetBucketEncryption answers where nothing was put.
[[nodiscard]] Json default_encryption_configuration();

}  // namespace cloudchamber::mock::s3
