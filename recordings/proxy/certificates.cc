#include "recordings/proxy/certificates.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMaxContexts = 1000;
constexpr long kDay = 24L * 60 * 60;
constexpr long kYearsOfAuthority = 10;
constexpr long kDaysOfHost = 90;

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

[[noreturn]] void fail(const std::string& what) {
  ERR_clear_error();
  throw std::runtime_error(what);
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  if (key == nullptr) fail("OpenSSL makes no key");
  return key;
}

bool is_host_name(const std::string& host) {
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-';
         });
}

bool is_address(const std::string& host) {
  return host.find_first_not_of("0123456789.") == std::string::npos;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) fail("OpenSSL makes no extension of a certificate");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// All but the extensions and the signature.
Certificate new_certificate(const std::string& name, const Key& key, TimePoint now, long days) {
  Certificate certificate(X509_new(), X509_free);
  if (certificate == nullptr) throw std::bad_alloc();
  X509_set_version(certificate.get(), X509_VERSION_3);
  unsigned char serial[16];
  if (RAND_bytes(serial, sizeof serial) != 1) fail("OpenSSL gives no random bytes");
  serial[0] &= 0x7f;  // a positive number
  BIGNUM* const number = BN_bin2bn(serial, sizeof serial, nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
  BN_free(number);
  std::time_t from = std::chrono::duration_cast<Seconds>(now.time_since_epoch()).count() - kDay;
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), from + (days + 1) * kDay);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  const auto add = [subject](const char* field, const std::string& value) {
    X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0);
  };
  add("O", "Cloud Chamber");
  add("CN", name);
  return certificate;
}

void sign(X509* certificate, const Key& key) {
  if (X509_sign(certificate, key.get(), EVP_sha256()) == 0) fail("OpenSSL signs no certificate");
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_to_write(const std::filesystem::path& path, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  File file(descriptor < 0 ? nullptr : ::fdopen(descriptor, "w"), std::fclose);
  if (file == nullptr)
    throw std::runtime_error(path.string() +
                             " can't be written: " + std::generic_category().message(errno));
  return file;
}

}  // namespace

CertificateAuthority::CertificateAuthority(const std::filesystem::path& folder,
                                           std::shared_ptr<Clock> clock)
    : clock_(std::move(clock)),
      key_file_(folder / "ca-key.pem"),
      certificate_file_(folder / "ca.pem"),
      host_key_(new_key()) {
  std::error_code failure;
  if (std::filesystem::create_directories(folder, failure))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
  if (!std::filesystem::exists(key_file_) && !std::filesystem::exists(certificate_file_)) make();
  load();
}

CertificateAuthority::~CertificateAuthority() = default;

void CertificateAuthority::make() {
  const Key key = new_key();
  const Certificate made = new_certificate("Cloud Chamber's authority of this machine alone", key,
                                           clock_->now(), kYearsOfAuthority * 365);
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  add_extension(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(made.get(), made.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(made.get(), made.get(), NID_subject_key_identifier, "hash");
  sign(made.get(), key);
  const File key_file = open_to_write(key_file_, S_IRUSR | S_IWUSR);
  const File file = open_to_write(certificate_file_, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
  if (PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_X509(file.get(), made.get()) != 1)
    fail(certificate_file_.string() + " can't be written");
}

void CertificateAuthority::load() {
  const File key_file(std::fopen(key_file_.c_str(), "r"), std::fclose);
  const File file(std::fopen(certificate_file_.c_str(), "r"), std::fclose);
  if (key_file != nullptr)
    key_ = Key(PEM_read_PrivateKey(key_file.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  if (file != nullptr)
    certificate_ = Certificate(PEM_read_X509(file.get(), nullptr, nullptr, nullptr), X509_free);
  if (key_ == nullptr) fail(key_file_.string() + " holds no key");
  if (certificate_ == nullptr) fail(certificate_file_.string() + " holds no certificate");
  if (X509_check_private_key(certificate_.get(), key_.get()) != 1)
    fail(certificate_file_.string() + " is not of the key in " + key_file_.string());
  std::time_t now = std::chrono::duration_cast<Seconds>(clock_->now().time_since_epoch()).count();
  if (X509_cmp_time(X509_get0_notAfter(certificate_.get()), &now) < 0)
    fail(certificate_file_.string() + " has expired: remove it and the key beside it");
}

std::shared_ptr<SSL_CTX> CertificateAuthority::make_context(const std::string& host) const {
  const Certificate made =
      new_certificate(host.substr(0, 64), host_key_, clock_->now(), kDaysOfHost);
  X509_set_issuer_name(made.get(), X509_get_subject_name(certificate_.get()));
  X509* const issuer = certificate_.get();
  add_extension(made.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(made.get(), issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(made.get(), issuer, NID_ext_key_usage, "serverAuth");
  add_extension(made.get(), issuer, NID_subject_alt_name,
                (is_address(host) ? "IP:" : "DNS:") + host);
  add_extension(made.get(), issuer, NID_subject_key_identifier, "hash");
  add_extension(made.get(), issuer, NID_authority_key_identifier, "keyid");
  sign(made.get(), key_);
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (context == nullptr || SSL_CTX_use_certificate(context.get(), made.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), host_key_.get()) != 1)
    fail("OpenSSL makes no server of " + host);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_AUTO_RETRY);
  return context;
}

std::shared_ptr<SSL_CTX> CertificateAuthority::context_for(const std::string& host) {
  if (!is_host_name(host)) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto found = contexts_.find(host);
  if (found != contexts_.end()) return found->second;
  // Whoever asks for so many names asks for names that nobody needs again.
  if (contexts_.size() >= kMaxContexts) contexts_.clear();
  return contexts_[host] = make_context(host);
}

}  // namespace cloudchamber::recordings
