#include "client/groups/group_store.h"

#include "crypto/hash.h"
#include "session/stored_state.h"

namespace sotto::client {
namespace {

constexpr std::size_t most_profiles = 8;

// Column `holds` of the table `sender_key_holders`: 0 not the present chain, 1 holds it, 2 holds it, as far as is
// known, and gets it once more. The last still counts when it goes: then the chain has to be replaced.

Bytes place_of(ConversationId conversation, const session::DeviceAddress& device) {
  Bytes place(conversation.bytes.begin(), conversation.bytes.end());
  place.insert(place.end(), device.account.bytes.begin(), device.account.bytes.end());
  place.insert(place.end(), device.device.bytes.begin(), device.device.bytes.end());
  return place;
}

}  // namespace

std::optional<membership::Group> GroupStore::find(ConversationId conversation) {
  Query query(context_.database, "SELECT state FROM groups WHERE conversation = ? AND state IS NOT NULL", conversation);
  if (!query.step()) return std::nullopt;
  return context_.open_as<membership::Group>(SealedColumn::group_state, conversation.view(), query.view(0));
}

void GroupStore::save(const membership::Group& group) {
  Query(context_.database,
        "INSERT INTO groups (conversation, state) VALUES (?, ?) ON CONFLICT (conversation) DO UPDATE SET "
        "state = excluded.state",
        group.id, context_.seal(SealedColumn::group_state, group.id.view(), group))
      .run();
  save_head({group.id, group.number}, group.head);
}

void GroupStore::want_chain(ConversationId conversation) {
  Query(context_.database,
        "INSERT INTO groups (conversation, wants_chain) VALUES (?, 1) ON CONFLICT (conversation) DO UPDATE SET "
        "wants_chain = 1",
        conversation)
      .run();
}

bool GroupStore::wants_chain(ConversationId conversation) {
  Query query(context_.database, "SELECT 1 FROM groups WHERE conversation = ? AND wants_chain = 1", conversation);
  return query.step();
}

std::vector<ConversationId> GroupStore::wanting_chain(std::size_t limit) {
  Query query(context_.database, "SELECT conversation FROM groups WHERE wants_chain = 1 LIMIT ?", limit);
  std::vector<ConversationId> found;
  while (query.step()) found.push_back(query.fixed<ConversationId>(0));
  return found;
}

void GroupStore::chain_is_read(ConversationId conversation) {
  Query(context_.database, "UPDATE groups SET wants_chain = 0 WHERE conversation = ?", conversation).run();
}

std::vector<ConversationId> GroupStore::all() {
  Query query(context_.database, "SELECT conversation FROM groups WHERE state IS NOT NULL");
  std::vector<ConversationId> found;
  while (query.step()) found.push_back(query.fixed<ConversationId>(0));
  return found;
}

void GroupStore::save_head(const Head& place, const Sha256Digest& head) {
  Query(context_.database, "INSERT OR IGNORE INTO group_heads (conversation, number, head) VALUES (?, ?, ?)",
        place.conversation, place.number, head)
      .run();
}

void GroupStore::save_head_ahead(const Head& place, const Sha256Digest& head) {
  Query(context_.database,
        "INSERT OR IGNORE INTO group_heads (conversation, number, head, is_ahead) VALUES (?, ?, ?, 1)",
        place.conversation, place.number, head)
      .run();
}

bool GroupStore::take_ahead(const Head& place, const Sha256Digest& head) {
  Query query(context_.database,
              "UPDATE group_heads SET is_ahead = 0 WHERE conversation = ? AND number = ? AND head = ? AND is_ahead = 1 "
              "RETURNING number",
              place.conversation, place.number, head);
  return query.step();
}

std::optional<Sha256Digest> GroupStore::head(const Head& place) {
  Query query(context_.database, "SELECT head FROM group_heads WHERE conversation = ? AND number = ?",
              place.conversation, place.number);
  if (!query.step()) return std::nullopt;
  return query.fixed<Sha256Digest>(0);
}

void GroupStore::save_profile(ConversationId conversation, const wire::GroupProfile& profile) {
  const Sha256Digest digest = crypto::sha256(wire::encode(profile));
  Query(context_.database, "INSERT OR IGNORE INTO group_profiles (conversation, digest, profile) VALUES (?, ?, ?)",
        conversation, digest, context_.seal(SealedColumn::group_profile, digest.view(), profile))
      .run();
  // The one that counts may be among the oldest.
  const std::optional<membership::Group> group = find(conversation);
  Query(context_.database,
        "DELETE FROM group_profiles WHERE conversation = ?1 AND digest <> ?2 AND rowid NOT IN (SELECT rowid FROM "
        "group_profiles WHERE conversation = ?1 ORDER BY rowid DESC LIMIT ?3)",
        conversation, group ? group->profile : Sha256Digest{}, most_profiles)
      .run();
}

std::optional<wire::GroupProfile> GroupStore::profile(const membership::Group& group) {
  Query query(context_.database, "SELECT profile FROM group_profiles WHERE conversation = ? AND digest = ?", group.id,
              group.profile);
  if (!query.step()) return std::nullopt;
  return context_.open_as<wire::GroupProfile>(SealedColumn::group_profile, group.profile.view(), query.view(0));
}

void GroupStore::keep_invitation(const membership::Group& group, const wire::GroupLink& link) {
  // One that is being made is not in the group yet, so that only a crowd is looked through.
  constexpr std::size_t crowd = 2 * wire::max_invitations;
  std::vector<InvitationId> kept;
  Query query(context_.database, "SELECT invitation FROM own_invitations WHERE conversation = ?", group.id);
  while (query.step()) kept.push_back(query.fixed<InvitationId>(0));
  for (const InvitationId invitation : kept) {
    if (kept.size() < crowd || group.find(invitation) != nullptr) continue;
    Query(context_.database, "DELETE FROM own_invitations WHERE conversation = ? AND invitation = ?", group.id,
          invitation)
        .run();
  }
  Query(context_.database, "INSERT OR REPLACE INTO own_invitations (conversation, invitation, seed) VALUES (?, ?, ?)",
        group.id, link.invitation,
        context_.vault.seal(SealedColumn::invitation_seed, link.invitation.view(), link.seed.reveal(), context_.random))
      .run();
}

std::optional<Secret<32>> GroupStore::invitation_seed(const membership::Group& group, InvitationId invitation) {
  Query query(context_.database, "SELECT seed FROM own_invitations WHERE conversation = ? AND invitation = ?", group.id,
              invitation);
  if (!query.step()) return std::nullopt;
  const auto opened = context_.open(SealedColumn::invitation_seed, invitation.view(), query.view(0));
  if (!opened || opened->size() != Secret<32>::size) {
    context_.damaged = true;
    return std::nullopt;
  }
  return Secret<32>(opened->reveal().first<32>());
}

std::vector<UnpackedProfile> GroupStore::read_profiles(Query query) {
  std::vector<UnpackedProfile> profiles;
  while (query.step()) {
    UnpackedProfile profile{
        .conversation = query.fixed<ConversationId>(0), .digest = query.fixed<Sha256Digest>(1), .profile = {}};
    profile.profile = wire::encode(
        context_.open_as<wire::GroupProfile>(SealedColumn::group_profile, profile.digest.view(), query.view(2)));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

std::vector<UnpackedProfile> GroupStore::unpacked_profiles(std::size_t limit) {
  return read_profiles(Query(context_.database,
                             "SELECT conversation, digest, profile FROM group_profiles WHERE packed = 0 "
                             "ORDER BY conversation, rowid LIMIT ?",
                             limit));
}

std::vector<UnpackedProfile> GroupStore::all_profiles() {
  return read_profiles(Query(context_.database,
                             "SELECT conversation, digest, profile FROM group_profiles ORDER BY conversation, rowid"));
}

void GroupStore::profile_packed(ConversationId conversation, const Sha256Digest& digest) {
  Query(context_.database, "UPDATE group_profiles SET packed = 1 WHERE conversation = ? AND digest = ?", conversation,
        digest)
      .run();
}

std::optional<session::OwnSenderChain> GroupStore::own_chain(ConversationId conversation) {
  Query query(context_.database, "SELECT chain FROM own_sender_chains WHERE conversation = ?", conversation);
  if (!query.step()) return std::nullopt;
  const auto opened = context_.open(SealedColumn::own_sender_chain, conversation.view(), query.view(0));
  if (!opened) return std::nullopt;
  auto chain = session::load_own_sender_chain(opened->reveal());
  if (!chain) {
    context_.damaged = true;
    return std::nullopt;
  }
  return std::move(*chain);
}

void GroupStore::save_own_chain(const session::OwnSenderChain& chain) {
  Query(context_.database, "INSERT OR REPLACE INTO own_sender_chains (conversation, chain) VALUES (?, ?)",
        chain.conversation,
        context_.vault.seal(SealedColumn::own_sender_chain, chain.conversation.view(), session::store(chain).reveal(),
                            context_.random))
      .run();
}

std::vector<session::DeviceAddress> GroupStore::read_devices(Query query) {
  std::vector<session::DeviceAddress> found;
  while (query.step()) found.push_back({query.fixed<AccountId>(0), query.fixed<DeviceId>(1)});
  return found;
}

std::vector<session::DeviceAddress> GroupStore::holders(ConversationId conversation) {
  return read_devices(Query(context_.database,
                            "SELECT account, device FROM sender_key_holders WHERE conversation = ? AND holds > 0 "
                            "ORDER BY account, device",
                            conversation));
}

Sha256Digest GroupStore::profile_given(ConversationId conversation, const session::DeviceAddress& device) {
  Query query(context_.database,
              "SELECT profile FROM sender_key_holders WHERE conversation = ? AND account = ? AND device = ?",
              conversation, device.account, device.device);
  return query.step() ? query.fixed<Sha256Digest>(0) : Sha256Digest{};
}

void GroupStore::add_holder(ConversationId conversation, const SenderKeyHolder& holder) {
  Query(context_.database,
        "INSERT OR REPLACE INTO sender_key_holders (conversation, account, device, holds, profile) "
        "VALUES (?, ?, ?, 1, ?)",
        conversation, holder.device.account, holder.device.device, holder.profile)
      .run();
}

void GroupStore::forget_holders(ConversationId conversation) {
  Query(context_.database, "UPDATE sender_key_holders SET holds = 0 WHERE conversation = ?", conversation).run();
}

void GroupStore::give_again(ConversationId conversation, const session::DeviceAddress& device) {
  Query(context_.database,
        "UPDATE sender_key_holders SET holds = 2, profile = zeroblob(32) WHERE conversation = ? AND account = ? AND "
        "device = ? AND holds > 0",
        conversation, device.account, device.device)
      .run();
}

void GroupStore::give_all_again(const session::DeviceAddress& device) {
  Query(context_.database,
        "UPDATE sender_key_holders SET holds = 2, profile = zeroblob(32) WHERE account = ? AND device = ? AND "
        "holds > 0",
        device.account, device.device)
      .run();
}

std::vector<session::DeviceAddress> GroupStore::given_again(ConversationId conversation) {
  return read_devices(Query(context_.database,
                            "SELECT account, device FROM sender_key_holders WHERE conversation = ? AND holds = 2 "
                            "ORDER BY account, device",
                            conversation));
}

session::ReceivedSenderChains GroupStore::received(ConversationId conversation, const session::DeviceAddress& sender) {
  Query query(context_.database,
              "SELECT chains FROM received_sender_chains WHERE conversation = ? AND account = ? AND device = ?",
              conversation, sender.account, sender.device);
  if (!query.step()) return {};
  const auto opened =
      context_.open(SealedColumn::received_sender_chains, place_of(conversation, sender), query.view(0));
  if (!opened) return {};
  auto chains = session::load_received_sender_chains(opened->reveal());
  if (!chains) {
    context_.damaged = true;
    return {};
  }
  return std::move(*chains);
}

void GroupStore::save_received(ConversationId conversation, const session::DeviceAddress& sender,
                               const session::ReceivedSenderChains& chains) {
  Query(context_.database,
        "INSERT OR REPLACE INTO received_sender_chains (conversation, account, device, chains) VALUES (?, ?, ?, ?)",
        conversation, sender.account, sender.device,
        context_.vault.seal(SealedColumn::received_sender_chains, place_of(conversation, sender),
                            session::store(chains).reveal(), context_.random))
      .run();
}

std::vector<std::uint64_t> GroupStore::waiting(ConversationId conversation, const session::DeviceAddress& sender) {
  Query query(context_.database,
              "SELECT w.position FROM waiting_entries w JOIN timeline t ON t.position = w.position "
              "WHERE t.conversation = ? AND t.sender = ? AND t.sender_device = ? ORDER BY t.seq",
              conversation, sender.account, sender.device);
  std::vector<std::uint64_t> found;
  while (query.step()) found.push_back(query.number(0));
  return found;
}

}  // namespace sotto::client
