#include "session/device.h"

namespace sotto::session {

AccountIdentity generate_account(Random& random) {
  return {.account = random.next<AccountId>(), .account_key = crypto::generate_ed25519(random)};
}

LocalDevice generate_device(const AccountIdentity& account, Random& random) {
  return {.address = {account.account, random.next<DeviceId>()},
          .account_key = account.account_key.public_key,
          .signing_key = crypto::generate_ed25519(random),
          .identity_key = crypto::generate_x25519(random)};
}

}  // namespace sotto::session
