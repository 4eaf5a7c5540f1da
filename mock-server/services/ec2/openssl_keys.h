// RSA and ED25519 keys as OpenSSL's values, and their encodings.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "mock-server/services/ec2/key_material.h"

namespace cloudchamber::mock::ec2 {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

// Throw std::runtime_error when OpenSSL fails.
[[nodiscard]] Key new_rsa_key(const RandomBytes& random);  // 2048 bits, exponent 65537
[[nodiscard]] Key new_ed25519_key(const RandomBytes& random);
// Null when the numbers (big-endian) are no public key.
[[nodiscard]] Key rsa_public_key(std::string_view modulus, std::string_view exponent);

[[nodiscard]] std::string der_pkcs8(const Key& key);        // private
[[nodiscard]] std::string der_public(const Key& key);       // SubjectPublicKeyInfo
[[nodiscard]] std::string pem_traditional(const Key& key);  // "-----BEGIN RSA PRIVATE KEY-----"
[[nodiscard]] Key read_pem_public(std::string_view pem);    // null when it is none

// A number of an RSA key ("n", "e", "d", "rsa-factor1", ...), big-endian.
[[nodiscard]] std::string number_of(const Key& key, const char* name);
// The 32 bytes of an ED25519 key.
[[nodiscard]] std::string raw_public(const Key& key);
[[nodiscard]] std::string raw_private(const Key& key);

}  // namespace cloudchamber::mock::ec2
