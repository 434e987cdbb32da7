#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace sotto::transport {

struct SslContextFree {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct SslFree {
  void operator()(SSL* session) const { SSL_free(session); }
};
/// One connection's TLS state.
using TlsSession = std::unique_ptr<SSL, SslFree>;

struct CertificateFiles {
  /// PEM: the certificate, then the intermediate ones.
  std::filesystem::path certificate;
  /// PEM, not encrypted.
  std::filesystem::path private_key;
};

/// A server's certificate and key, with TLS 1.2 and 1.3, forward secrecy only. Used from one thread.
class TlsServer {
 public:
  /// The error says in English which file is wrong and why.
  [[nodiscard]] static std::expected<TlsServer, std::string> load(const CertificateFiles& files);

  /// Loads the files again if either has changed since; true if new ones are now used. Connections that exist keep
  /// what they have. On an error the old certificate stays in use, and the same files are not tried again until they
  /// change once more.
  [[nodiscard]] std::expected<bool, std::string> reload_if_changed();

  /// For a connection that was just accepted; null if memory is short.
  [[nodiscard]] TlsSession new_session() const;

 private:
  using Context = std::unique_ptr<SSL_CTX, SslContextFree>;
  struct Stamp {
    std::filesystem::file_time_type certificate;
    std::filesystem::file_time_type private_key;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  TlsServer(CertificateFiles files, Context context, const Stamp& stamp)
      : files_(std::move(files)), context_(std::move(context)), stamp_(stamp) {}
  static std::expected<Context, std::string> load_context(const CertificateFiles& files);
  static Stamp stamp_of(const CertificateFiles& files);

  CertificateFiles files_;
  Context context_;
  Stamp stamp_;
};

}  // namespace sotto::transport
