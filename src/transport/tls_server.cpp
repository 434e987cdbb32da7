#include "transport/tls_server.h"

#include <array>
#include <openssl/err.h>

namespace sotto::transport {
namespace {

/// The reason of the newest OpenSSL error, which is then forgotten.
std::string last_reason() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "unknown reason" : reason;
}

std::unexpected<std::string> complain(const std::filesystem::path& file) {
  return std::unexpected(file.string() + ": " + last_reason());
}

void set_policy(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
  // An idle connection gives its record buffers back.
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

/// HTTP/1.1 is all that is spoken, so it is all that is agreed to.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned int in_size, void*) {
  static constexpr std::array<unsigned char, 9> http11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(&chosen, out_size, http11.data(), http11.size(), in, in_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

std::expected<TlsServer::Context, std::string> TlsServer::load_context(const CertificateFiles& files) {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context) return std::unexpected("TLS cannot be started: " + last_reason());
  set_policy(context.get());
  SSL_CTX_set_alpn_select_cb(context.get(), select_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return complain(files.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.private_key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return complain(files.private_key);
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) return complain(files.private_key);
  return context;
}

TlsServer::Stamp TlsServer::stamp_of(const CertificateFiles& files) {
  std::error_code ignored;  // A file that is missing for a moment counts as changed, and then fails to load.
  return {.certificate = std::filesystem::last_write_time(files.certificate, ignored),
          .private_key = std::filesystem::last_write_time(files.private_key, ignored)};
}

std::expected<TlsServer, std::string> TlsServer::load(const CertificateFiles& files) {
  const Stamp stamp = stamp_of(files);
  auto context = load_context(files);
  if (!context) return std::unexpected(context.error());
  return TlsServer(files, std::move(*context), stamp);
}

std::expected<bool, std::string> TlsServer::reload_if_changed() {
  const Stamp stamp = stamp_of(files_);
  if (stamp == stamp_) return false;
  stamp_ = stamp;
  auto context = load_context(files_);
  if (!context) return std::unexpected(context.error());
  context_ = std::move(*context);
  return true;
}

TlsSession TlsServer::new_session() const {
  TlsSession session(SSL_new(context_.get()));
  ERR_clear_error();
  return session;
}

}  // namespace sotto::transport
