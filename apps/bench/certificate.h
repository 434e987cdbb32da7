#pragma once

#include "transport/tls_server.h"

namespace sotto::bench {

/// Writes a key (P-256) and a certificate for 127.0.0.1 that vouches for itself. False if that fails.
[[nodiscard]] bool write_certificate(const transport::CertificateFiles& files);

}  // namespace sotto::bench
