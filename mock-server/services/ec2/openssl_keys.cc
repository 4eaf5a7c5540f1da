#include "mock-server/services/ec2/openssl_keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>

namespace cloudchamber::mock::ec2 {
namespace {

struct Free {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

constexpr int kPrimeBytes = 128;

void check(bool succeeded) {
  if (!succeeded) throw std::runtime_error("OpenSSL refused to make a key");
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: OpenSSL's bytes
}

Owned<BIGNUM> number() {
  Owned<BIGNUM> made(BN_new());
  check(made != nullptr);
  return made;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

// The first prime from a random number of 1024 bits on, its two highest bits set so that two of
// them make 2048 bits, and with p - 1 prime to the exponent.
Owned<BIGNUM> prime(const RandomBytes& random, const BIGNUM* exponent, BN_CTX* context) {
  std::string start = random(kPrimeBytes);
  start.front() = static_cast<char>(static_cast<unsigned char>(start.front()) | 0xc0U);
  start.back() = static_cast<char>(static_cast<unsigned char>(start.back()) | 1U);
  Owned<BIGNUM> candidate(BN_bin2bn(bytes(start), kPrimeBytes, nullptr));
  check(candidate != nullptr);
  const Owned<BIGNUM> rest = number();
  for (;;) {
    check(BN_nnmod(rest.get(), candidate.get(), exponent, context) == 1);
    if (!BN_is_one(rest.get()) && BN_check_prime(candidate.get(), context, nullptr) == 1)
      return candidate;
    check(BN_add_word(candidate.get(), 2) == 1);
  }
}

Key from_data(const char* type, int selection, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, selection, parameters.get()) != 1)
    return nullptr;
  return Key(made);
}

std::string taken(unsigned char* der, int length) {
  check(length > 0);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));  // NOLINT
  OPENSSL_free(der);
  return out;
}

}  // namespace

Key new_rsa_key(const RandomBytes& random) {
  const Owned<BN_CTX> context(BN_CTX_new());
  BN_CTX* const c = context.get();
  const Owned<BIGNUM> e = number();
  check(BN_set_word(e.get(), RSA_F4) == 1);
  Owned<BIGNUM> p = prime(random, e.get(), c);
  Owned<BIGNUM> q = prime(random, e.get(), c);
  if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);
  const Owned<BIGNUM> n = number();
  const Owned<BIGNUM> p1 = number();
  const Owned<BIGNUM> q1 = number();
  const Owned<BIGNUM> phi = number();
  const Owned<BIGNUM> d = number();
  const Owned<BIGNUM> dp = number();
  const Owned<BIGNUM> dq = number();
  const Owned<BIGNUM> qi = number();
  check(
      BN_mul(n.get(), p.get(), q.get(), c) == 1 && BN_sub(p1.get(), p.get(), BN_value_one()) == 1 &&
      BN_sub(q1.get(), q.get(), BN_value_one()) == 1 &&
      BN_mul(phi.get(), p1.get(), q1.get(), c) == 1 &&
      BN_mod_inverse(d.get(), e.get(), phi.get(), c) != nullptr &&
      BN_mod(dp.get(), d.get(), p1.get(), c) == 1 && BN_mod(dq.get(), d.get(), q1.get(), c) == 1 &&
      BN_mod_inverse(qi.get(), q.get(), p.get(), c) != nullptr);
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  const auto push = [&](const char* name, const Owned<BIGNUM>& value) {
    check(OSSL_PARAM_BLD_push_BN(builder.get(), name, value.get()) == 1);
  };
  push(OSSL_PKEY_PARAM_RSA_N, n);
  push(OSSL_PKEY_PARAM_RSA_E, e);
  push(OSSL_PKEY_PARAM_RSA_D, d);
  push(OSSL_PKEY_PARAM_RSA_FACTOR1, p);
  push(OSSL_PKEY_PARAM_RSA_FACTOR2, q);
  push(OSSL_PKEY_PARAM_RSA_EXPONENT1, dp);
  push(OSSL_PKEY_PARAM_RSA_EXPONENT2, dq);
  push(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi);
  Key key = from_data("RSA", EVP_PKEY_KEYPAIR, builder.get());
  check(key != nullptr);
  return key;
}

Key new_ed25519_key(const RandomBytes& random) {
  const std::string seed = random(32);
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(seed), seed.size()));
  check(key != nullptr);
  return key;
}

Key rsa_public_key(std::string_view modulus, std::string_view exponent) {
  const Owned<BIGNUM> n(BN_bin2bn(bytes(modulus), static_cast<int>(modulus.size()), nullptr));
  const Owned<BIGNUM> e(BN_bin2bn(bytes(exponent), static_cast<int>(exponent.size()), nullptr));
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (n == nullptr || e == nullptr || BN_is_zero(n.get()) || BN_is_zero(e.get()) ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  return from_data("RSA", EVP_PKEY_PUBLIC_KEY, builder.get());
}

std::string der_pkcs8(const Key& key) {
  const Owned<PKCS8_PRIV_KEY_INFO> info(EVP_PKEY2PKCS8(key.get()));
  check(info != nullptr);
  unsigned char* der = nullptr;
  const int length = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  return taken(der, length);
}

std::string der_public(const Key& key) {
  unsigned char* der = nullptr;
  const int length = i2d_PUBKEY(key.get(), &der);
  return taken(der, length);
}

std::string pem_traditional(const Key& key) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey_traditional(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                             nullptr) == 1);
  return text_of(bio.get());
}

Key read_pem_public(std::string_view pem) {
  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
}

std::string number_of(const Key& key, const char* name) {
  BIGNUM* raw = nullptr;
  check(EVP_PKEY_get_bn_param(key.get(), name, &raw) == 1);
  const Owned<BIGNUM> value(raw);
  std::string out(static_cast<std::size_t>(BN_num_bytes(value.get())), '\0');
  BN_bn2bin(value.get(), reinterpret_cast<unsigned char*>(out.data()));  // NOLINT
  return out;
}

std::string raw_public(const Key& key) {
  std::array<unsigned char, 32> out{};
  std::size_t size = out.size();
  check(EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) == 1);
  return {out.begin(), out.begin() + size};
}

std::string raw_private(const Key& key) {
  std::array<unsigned char, 32> out{};
  std::size_t size = out.size();
  check(EVP_PKEY_get_raw_private_key(key.get(), out.data(), &size) == 1);
  return {out.begin(), out.begin() + size};
}

}  // namespace cloudchamber::mock::ec2
