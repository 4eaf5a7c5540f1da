#include "sdk/codec/digests.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <variant>

#include "sdk/codec/crc.h"

namespace cloudchamber {
namespace {

// Fetching an algorithm takes OpenSSL 3 about a microsecond, a fetched one is immutable and may be
// shared by all threads: each is fetched once and kept.
struct Algorithm {
  explicit Algorithm(const char* name) : md(EVP_MD_fetch(nullptr, name, nullptr)) {
    if (md == nullptr) throw std::runtime_error(std::string("OpenSSL has no ") + name);
  }
  Algorithm(const Algorithm&) = delete;
  Algorithm& operator=(const Algorithm&) = delete;
  ~Algorithm() { EVP_MD_free(md); }
  EVP_MD* md;
};

const Algorithm& md5_algorithm() {
  static const Algorithm algorithm("MD5");
  return algorithm;
}
const Algorithm& sha1_algorithm() {
  static const Algorithm algorithm("SHA1");
  return algorithm;
}
const Algorithm& sha256_algorithm() {
  static const Algorithm algorithm("SHA256");
  return algorithm;
}

class Evp {
 public:
  explicit Evp(const Algorithm& algorithm) : context_(EVP_MD_CTX_new()) {
    check(context_ != nullptr);
    begin(algorithm);
  }
  void begin(const Algorithm& algorithm) {
    check(EVP_DigestInit_ex2(context_.get(), algorithm.md, nullptr) == 1);
  }
  void update(std::string_view bytes) {
    check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    check(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
    return {reinterpret_cast<const char*>(digest.data()), size};
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  static void check(bool ok) {
    if (!ok) throw std::runtime_error("OpenSSL failed to compute a digest");
  }
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

std::string digest(const Algorithm& algorithm, std::string_view bytes) {
  Evp evp(algorithm);
  evp.update(bytes);
  return evp.finish();
}

// RFC 2104, by hand: OpenSSL's HMAC fetches anew at every call, which costs more than the hashing.
// The block of MD5, SHA-1 and SHA-256 is 64 bytes.
std::string hmac(const Algorithm& algorithm, std::string_view key, std::string_view bytes) {
  constexpr std::size_t kBlock = 64;
  std::string hashed_key;
  if (key.size() > kBlock) key = hashed_key = digest(algorithm, key);
  std::array<char, kBlock> inner{}, outer{};
  for (std::size_t i = 0; i < kBlock; ++i) {
    const char c = i < key.size() ? key[i] : '\0';
    inner[i] = static_cast<char>(c ^ 0x36);
    outer[i] = static_cast<char>(c ^ 0x5c);
  }
  Evp evp(algorithm);
  evp.update({inner.data(), kBlock});
  evp.update(bytes);
  const std::string hash = evp.finish();
  evp.begin(algorithm);
  evp.update({outer.data(), kBlock});
  evp.update(hash);
  return evp.finish();
}

template <class Word>
std::string big_endian(Word word) {
  std::string bytes(sizeof word, '\0');
  for (std::size_t i = sizeof word; i-- > 0; word = static_cast<Word>(word >> 8))
    bytes[i] = static_cast<char>(word & 0xff);
  return bytes;
}

struct Crc32 {
  std::uint32_t crc = 0;
  void update(std::string_view bytes) {
    crc = static_cast<std::uint32_t>(
        crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  }
  [[nodiscard]] std::string finish() const { return big_endian(crc); }
};

struct Crc32c {
  std::uint32_t crc = 0;
  void update(std::string_view bytes) { crc = crc32c(crc, bytes); }
  [[nodiscard]] std::string finish() const { return big_endian(crc); }
};

struct Crc64Nvme {
  std::uint64_t crc = 0;
  void update(std::string_view bytes) { crc = crc64nvme(crc, bytes); }
  [[nodiscard]] std::string finish() const { return big_endian(crc); }
};

using State = std::variant<Evp, Crc32, Crc32c, Crc64Nvme>;

State start(Digest digest) {
  switch (digest) {
    case Digest::kMd5:
      return Evp(md5_algorithm());
    case Digest::kSha1:
      return Evp(sha1_algorithm());
    case Digest::kSha256:
      return Evp(sha256_algorithm());
    case Digest::kCrc32:
      return Crc32();
    case Digest::kCrc32c:
      return Crc32c();
    case Digest::kCrc64Nvme:
      return Crc64Nvme();
  }
  throw std::logic_error("no such digest");
}

}  // namespace

std::string hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string md5(std::string_view bytes) { return digest(md5_algorithm(), bytes); }
std::string sha1(std::string_view bytes) { return digest(sha1_algorithm(), bytes); }
std::string sha256(std::string_view bytes) { return digest(sha256_algorithm(), bytes); }
std::string hmac_sha1(std::string_view key, std::string_view bytes) {
  return hmac(sha1_algorithm(), key, bytes);
}
std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  return hmac(sha256_algorithm(), key, bytes);
}

struct Hasher::Impl {
  State state;
};

Hasher::Hasher(Digest digest) : impl_(std::make_unique<Impl>(Impl{start(digest)})) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes) {
  std::visit([bytes](auto& state) { state.update(bytes); }, impl_->state);
}
std::string Hasher::finish() {
  return std::visit([](auto& state) { return state.finish(); }, impl_->state);
}

std::string digest_of(Digest digest, const Blob& body) {
  Hasher hasher(digest);
  for (std::size_t i = 0; i < body.piece_count(); ++i) hasher.update(body.piece(i));
  return hasher.finish();
}

}  // namespace cloudchamber
