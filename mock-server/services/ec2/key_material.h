// Real keys of key pairs, over OpenSSL, with the fingerprints that AWS computes.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cloudchamber::mock::ec2 {

struct KeyMaterial {
  std::string private_key;  // as the format asked for writes it
  std::string public_key;   // "ssh-rsa AAAA..."
  std::string fingerprint;
};

// That many random bytes. Keys depend on nothing else: the same bytes give the same key.
using RandomBytes = std::function<std::string(std::size_t count)>;

// `type` is "rsa" (2048 bits) or "ed25519"; `format` is "pem" (PKCS#1, for ED25519 OpenSSH's own)
// or "ppk" (PuTTY's, version 2); `comment` goes into a ppk.
[[nodiscard]] KeyMaterial new_key(const std::string& type, const std::string& format,
                                  const std::string& comment, const RandomBytes& random);

struct PublicKey {
  std::string type;        // "rsa" or "ed25519"
  std::string public_key;  // "ssh-rsa AAAA..."
  std::string fingerprint;
};
// Of an OpenSSH public key, the base64 of one, one as RFC 4716 writes it, or one in PEM; nothing
// for what is none of these, or of a kind or size that EC2 does not take.
[[nodiscard]] std::optional<PublicKey> read_public_key(std::string_view text);

}  // namespace cloudchamber::mock::ec2
