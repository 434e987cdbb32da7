// Property: no octets in a sealed column crash the client; what the vault did not seal, it does not open, and a record
// that decodes has one encoding.

#include "base/invariant.h"
#include "client/store/contact_store.h"
#include "client/store/home_store.h"
#include "client/store/stored_body.h"
#include "client/transparency/log_store.h"
#include "client/vault.h"
#include "crypto/testing/deterministic_random.h"
#include "wire/session_message.h"

namespace sotto::client {
namespace {

template <class Record>
void check_record(ByteView input) {
  const auto record = wire::decode<Record>(input);
  if (!record) return;
  const SecretBuffer octets = wire::encode_secret(*record);
  const auto again = wire::decode_canonical<Record>(octets.reveal());
  invariant(again.has_value());
}

void check(ByteView input) {
  static const Vault vault(crypto::DeterministicRandom(1).next_secret<32>());
  for (std::size_t column = 0; column < static_cast<std::size_t>(SealedColumn::count); ++column) {
    invariant(!vault.open(static_cast<SealedColumn>(column), {}, input));
  }
  check_record<ContactRecord>(input);
  check_record<StoredTokens>(input);
  check_record<wire::Register>(input);
  check_record<StoredBody>(input);
  check_record<wire::MessageKey>(input);
  check_record<StoredLog>(input);
}

}  // namespace
}  // namespace sotto::client

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sotto::client::check({data, size});
  return 0;
}
