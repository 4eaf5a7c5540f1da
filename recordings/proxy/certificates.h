// CertificateAuthority: the local authority by whose certificates an HTTPS proxy can pose as a host
// to clients that trust it. Made once, kept in a folder of the user's, trusted by nobody until the
// user says so to a client (AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS): docs/recordings.md.
//
// Keys are of the curve P-256. The key of the authority lies in a file that the user alone can
// read; the certificates of hosts are made when they are needed, in memory. Thread-safe.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "cloudchamber/clock.h"

struct ssl_ctx_st;
struct evp_pkey_st;
struct x509_st;

namespace cloudchamber::recordings {

class CertificateAuthority {
 public:
  // Of the folder, which is made with an authority in it where there is none. Throws
  // std::runtime_error, with the file, when it can't be read or written or has expired.
  CertificateAuthority(const std::filesystem::path& folder, std::shared_ptr<Clock> clock);
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  // The certificate to trust, in PEM.
  [[nodiscard]] const std::filesystem::path& certificate_file() const { return certificate_file_; }

  // What a TLS server of that host uses; null for what is no host name. (OpenSSL's SSL_CTX.)
  [[nodiscard]] std::shared_ptr<ssl_ctx_st> context_for(const std::string& host);

 private:
  void make();
  void load();
  [[nodiscard]] std::shared_ptr<ssl_ctx_st> make_context(const std::string& host) const;

  const std::shared_ptr<Clock> clock_;
  const std::filesystem::path key_file_, certificate_file_;
  std::shared_ptr<evp_pkey_st> key_, host_key_;
  std::shared_ptr<x509_st> certificate_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<ssl_ctx_st>> contexts_;
};

}  // namespace cloudchamber::recordings
