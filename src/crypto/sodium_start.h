#pragma once

namespace sotto::crypto {

/// Makes libsodium ready, once per process and from any thread. Every file that calls libsodium calls this first; after
/// the first time it costs one load.
void start_sodium();

}  // namespace sotto::crypto
