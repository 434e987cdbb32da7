#include "session/testing/party.h"

#include "base/invariant.h"

namespace sotto::session::testing {

Person make_person(Random& random) {
  AccountIdentity account = generate_account(random);
  LocalDevice local = generate_device(account, random);
  const auto list = verify_device_list(first_device_list(account, local, start_of_time), account.account,
                                       account.account_key.public_key);
  invariant(list.has_value());
  const auto as_remote = remote_device(*list, local.address.device);
  invariant(as_remote.has_value());
  return {.account = std::move(account), .local = std::move(local), .as_remote = *as_remote};
}

Party make_party(Random& random, Stock stock) {
  Person person = make_person(random);
  Party party{
      .local = std::move(person.local), .as_remote = person.as_remote, .prekeys = {}, .sessions = {}, .published = {}};
  const std::uint32_t held = stock == Stock::none ? one_time_prekey_low : 0;
  publish(party, {.one_time_prekeys = held, .kem_prekeys = held}, start_of_time, random);
  return party;
}

void publish(Party& party, const wire::PrekeyStock& stock, UnixMillis now, Random& random) {
  Replenished replenished = replenish(party.prekeys, party.local, stock, now, random);
  party.prekeys = std::move(replenished.next);
  wire::PublishPrekeys& published = party.published;
  for (wire::PublishPrekeys& upload : replenished.uploads) {
    if (upload.signed_prekey) published.signed_prekey = upload.signed_prekey;
    if (upload.last_resort_kem_prekey) published.last_resort_kem_prekey = upload.last_resort_kem_prekey;
    for (auto& prekey : upload.one_time_prekeys) published.one_time_prekeys.push_back(prekey);
    for (auto& prekey : upload.kem_prekeys) published.kem_prekeys.push_back(prekey);
  }
}

wire::PrekeyBundle claim(Party& party) {
  wire::PublishPrekeys& published = party.published;
  wire::PrekeyBundle bundle{.device = party.local.address.device,
                            .signed_prekey = *published.signed_prekey,
                            .kem_prekey = *published.last_resort_kem_prekey,
                            .kem_prekey_is_last_resort = published.kem_prekeys.empty(),
                            .one_time_prekey = {}};
  if (!published.kem_prekeys.empty()) {
    bundle.kem_prekey = published.kem_prekeys.front();
    published.kem_prekeys.erase(published.kem_prekeys.begin());
  }
  if (!published.one_time_prekeys.empty()) {
    bundle.one_time_prekey = published.one_time_prekeys.front();
    published.one_time_prekeys.erase(published.one_time_prekeys.begin());
  }
  return bundle;
}

wire::SessionContext context(std::uint8_t number) {
  wire::SessionContext result{.use = wire::SessionUse::direct_message, .conversation = ConversationId{}, .message = {}};
  result.conversation->bytes.fill(0xc0);
  result.message.bytes.fill(number);
  return result;
}

void start(Party& local, Party& remote, UnixMillis now, Random& random) {
  auto next = start_session(local.sessions, from_to(local, remote), claim(remote), now, random);
  invariant(next.has_value());
  local.sessions = std::move(*next);
}

Bytes seal_from(Party& local, const Party& remote, std::string_view text, const wire::SessionContext& context,
                UnixMillis now, Random& random) {
  auto sealed =
      seal(local.sessions, from_to(local, remote), {.plaintext = as_bytes(text), .context = context}, now, random);
  invariant(sealed.has_value());
  local.sessions = std::move(sealed->next);
  return std::move(sealed->message);
}

std::expected<std::string, OpenError> open_at(Party& local, const Party& remote, ByteView message,
                                              const wire::SessionContext& context, UnixMillis now, Random& random) {
  auto opened = open(local.sessions, from_to(local, remote), local.prekeys, {.message = message, .context = context},
                     now, random);
  if (!opened) return std::unexpected(opened.error());
  local.sessions = std::move(opened->next);
  if (opened->next_prekeys) local.prekeys = std::move(*opened->next_prekeys);
  return std::string(as_text(opened->plaintext.reveal()));
}

}  // namespace sotto::session::testing
