#pragma once

#include "session/device.h"

namespace sotto::session {

/// The public side of one end of a session: what set-up and messages are bound to. Borrows from the device.
struct EndKeys {
  const DeviceAddress& address;
  const Ed25519PublicKey& account_key;
  const X25519PublicKey& identity_key;
};

[[nodiscard]] inline EndKeys keys_of(const LocalDevice& device) {
  return {device.address, device.account_key, device.identity_key.public_key};
}

[[nodiscard]] inline EndKeys keys_of(const RemoteDevice& device) {
  return {device.address, device.account_key, device.identity_key};
}

}  // namespace sotto::session
