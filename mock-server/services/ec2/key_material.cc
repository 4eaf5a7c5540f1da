#include "mock-server/services/ec2/key_material.h"

#include "mock-server/services/ec2/openssl_keys.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr const char* kRsa = "ssh-rsa";
constexpr const char* kEd25519 = "ssh-ed25519";

// OpenSSH's string: a length of four bytes and the bytes. RFC 4251, section 5.
std::string ssh_string(std::string_view bytes) {
  std::string out;
  for (unsigned shift = 32; shift > 0; shift -= 8)
    out += static_cast<char>((bytes.size() >> (shift - 8)) & 0xffU);
  return out.append(bytes);
}

// A number that is not negative: a zero before a first byte of 128 or more.
std::string ssh_number(std::string bytes) {
  if (!bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0)
    bytes.insert(bytes.begin(), '\0');
  return ssh_string(bytes);
}

std::string ssh_public_blob(const std::string& type, const Key& key) {
  if (type == "rsa")
    return ssh_string(kRsa) + ssh_number(number_of(key, "e")) + ssh_number(number_of(key, "n"));
  return ssh_string(kEd25519) + ssh_string(raw_public(key));
}

std::string ssh_public_key(const std::string& type, const std::string& blob) {
  return std::string(type == "rsa" ? kRsa : kEd25519) + ' ' + base64_encode(blob);
}

// "c8:99:..."
std::string with_colons(const std::string& digest) {
  const std::string digits = hex(digest);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    out += (i == 0 ? "" : ":") + digits.substr(i, 2);
  return out;
}

std::string in_lines(const std::string& text, std::size_t width, const char* end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += width) out += text.substr(i, width) + end;
  return out;
}

// OpenSSH's PROTOCOL.key, without a passphrase.
std::string openssh_private(const Key& key, const std::string& public_blob,
                            const RandomBytes& random) {
  const std::string check = random(4);
  std::string secret = check + check + ssh_string(kEd25519) + ssh_string(raw_public(key)) +
                       ssh_string(raw_private(key) + raw_public(key)) + ssh_string("");
  for (char pad = 1; secret.size() % 8 != 0; ++pad) secret += pad;
  std::string out("openssh-key-v1");
  out += '\0';
  out += ssh_string("none") + ssh_string("none") + ssh_string("");
  out += std::string("\0\0\0\1", 4) + ssh_string(public_blob) + ssh_string(secret);
  return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + in_lines(base64_encode(out), 70, "\n") +
         "-----END OPENSSH PRIVATE KEY-----\n";
}

// PuTTY's format, version 2: appendix C of its manual.
std::string putty_private(const std::string& type, const Key& key, const std::string& public_blob,
                          const std::string& comment) {
  const std::string algorithm = type == "rsa" ? kRsa : kEd25519;
  const std::string secret = type == "rsa" ? ssh_number(number_of(key, "d")) +
                                                 ssh_number(number_of(key, "rsa-factor1")) +
                                                 ssh_number(number_of(key, "rsa-factor2")) +
                                                 ssh_number(number_of(key, "rsa-coefficient1"))
                                           : ssh_string(raw_private(key));
  const std::string covered = ssh_string(algorithm) + ssh_string("none") + ssh_string(comment) +
                              ssh_string(public_blob) + ssh_string(secret);
  const auto block = [](const char* name, const std::string& bytes) {
    const std::string lines = in_lines(base64_encode(bytes), 64, "\r\n");
    const auto count = std::count(lines.begin(), lines.end(), '\n');
    return std::string(name) + "-Lines: " + std::to_string(count) + "\r\n" + lines;
  };
  return "PuTTY-User-Key-File-2: " + algorithm + "\r\nEncryption: none\r\nComment: " + comment +
         "\r\n" + block("Public", public_blob) + block("Private", secret) +
         "Private-MAC: " + hex(hmac_sha1(sha1("putty-private-key-file-mac-key"), covered)) + "\r\n";
}

// Takes an OpenSSH string off the front; nothing when it is cut short.
std::optional<std::string_view> take_string(std::string_view& rest) {
  if (rest.size() < 4) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length = (length << 8U) | static_cast<unsigned char>(rest[i]);
  if (length > rest.size() - 4) return std::nullopt;
  const std::string_view out = rest.substr(4, length);
  rest.remove_prefix(4 + length);
  return out;
}

std::optional<PublicKey> described(const std::string& type, const Key& key) {
  if (key == nullptr) return std::nullopt;
  // EC2 takes RSA keys of 1024, 2048 and 4096 bits.
  const int bits = EVP_PKEY_get_bits(key.get());
  if (type == "rsa" && bits != 1024 && bits != 2048 && bits != 4096) return std::nullopt;
  const std::string blob = ssh_public_blob(type, key);
  return PublicKey{type, ssh_public_key(type, blob),
                   type == "rsa" ? with_colons(md5(der_public(key))) : base64_encode(sha256(blob))};
}

std::optional<PublicKey> read_blob(std::string_view blob) {
  const auto algorithm = take_string(blob);
  if (algorithm == kRsa) {
    const auto exponent = take_string(blob);
    const auto modulus = take_string(blob);
    if (!modulus.has_value() || !blob.empty()) return std::nullopt;
    return described("rsa", rsa_public_key(*modulus, *exponent));
  }
  if (algorithm == kEd25519) {
    const auto raw = take_string(blob);
    if (!raw.has_value() || raw->size() != 32 || !blob.empty()) return std::nullopt;
    const auto* bytes = reinterpret_cast<const unsigned char*>(raw->data());  // NOLINT
    return described("ed25519",
                     Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes, 32)));
  }
  return std::nullopt;
}

// "ssh-rsa AAAA... comment"
std::optional<PublicKey> read_openssh(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view algorithm = text.substr(0, space);
  if (algorithm != kRsa && algorithm != kEd25519) return std::nullopt;
  std::string_view rest = text.substr(space + 1);
  rest = rest.substr(0, rest.find_first_of(" \t\r\n"));
  const std::optional<std::string> blob = base64_decode(rest);
  if (!blob.has_value()) return std::nullopt;
  std::string_view front = *blob;
  if (take_string(front) != algorithm) return std::nullopt;
  return read_blob(*blob);
}

// The base64 of RFC 4716's format: the lines that are neither a header nor what goes on from one.
std::string ssh2_body(std::string_view text) {
  std::string body;
  bool in_header = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    const bool is_header = in_header || line.find(':') != std::string_view::npos;
    in_header = is_header && line.ends_with('\\');
    if (!is_header && !line.starts_with("----")) body += line;
  }
  return body;
}

}  // namespace

KeyMaterial new_key(const std::string& type, const std::string& format, const std::string& comment,
                    const RandomBytes& random) {
  const Key key = type == "rsa" ? new_rsa_key(random) : new_ed25519_key(random);
  const std::string blob = ssh_public_blob(type, key);
  KeyMaterial out;
  out.public_key = ssh_public_key(type, blob);
  out.fingerprint = type == "rsa" ? with_colons(sha1(der_pkcs8(key))) : base64_encode(sha256(blob));
  if (format == "ppk") {
    out.private_key = putty_private(type, key, blob, comment);
  } else {
    out.private_key = type == "rsa" ? pem_traditional(key) : openssh_private(key, blob, random);
  }
  return out;
}

std::optional<PublicKey> read_public_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.starts_with("-----BEGIN ")) {
    const Key key = read_pem_public(text);
    if (key == nullptr) return std::nullopt;
    return described(EVP_PKEY_is_a(key.get(), "RSA") == 1 ? "rsa" : "ed25519", key);
  }
  if (text.starts_with("---- BEGIN SSH2 PUBLIC KEY ----")) {
    const std::optional<std::string> inside = base64_decode(ssh2_body(text));
    return inside.has_value() ? read_blob(*inside) : std::nullopt;
  }
  if (const auto key = read_openssh(text)) return key;
  const std::optional<std::string> blob = base64_decode(text);
  return blob.has_value() ? read_blob(*blob) : std::nullopt;
}

}  // namespace cloudchamber::mock::ec2
