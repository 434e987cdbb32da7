#pragma once

#include <optional>
#include <vector>

#include "client/store/store_context.h"
#include "membership/group.h"
#include "session/sender_key.h"
#include "wire/content.h"
#include "wire/group_link.h"

namespace sotto::client {

/// A device that was given this device's chain in a group, with the profile that went along.
struct SenderKeyHolder {
  session::DeviceAddress device;
  Sha256Digest profile;
};

/// A profile, as it goes into a pack of the backup.
struct UnpackedProfile {
  ConversationId conversation;
  /// SHA-256 of `profile`.
  Sha256Digest digest;
  /// Encoded.
  Bytes profile;
};

/// The tables of groups: their state, heads of their chains, profiles, and senders' chains. All calls inside a
/// transition.
class GroupStore {
 public:
  explicit GroupStore(const StoreContext& context) : context_(context) {}

  /// Absent before the chain was read.
  [[nodiscard]] std::optional<membership::Group> find(ConversationId conversation);
  /// Also keeps the newest event's hash.
  void save(const membership::Group& group);
  /// The chain has to be read before the log goes on.
  void want_chain(ConversationId conversation);
  [[nodiscard]] bool wants_chain(ConversationId conversation);
  [[nodiscard]] std::vector<ConversationId> wanting_chain(std::size_t limit);
  void chain_is_read(ConversationId conversation);
  [[nodiscard]] std::vector<ConversationId> all();

  struct Head {
    ConversationId conversation;
    std::uint64_t number = 0;
  };
  void save_head(const Head& place, const Sha256Digest& head);
  /// The same of an event that the log has still to show. Nothing if it is known already.
  void save_head_ahead(const Head& place, const Sha256Digest& head);
  /// Whether the event was kept ahead of the log, which shows it now. Once.
  [[nodiscard]] bool take_ahead(const Head& place, const Sha256Digest& head);
  [[nodiscard]] std::optional<Sha256Digest> head(const Head& place);

  /// Keeps a profile by its hash; whether it counts is for the chain to say. At most a few for each group.
  void save_profile(ConversationId conversation, const wire::GroupProfile& profile);
  /// Profiles that are in no pack of the backup yet, at most `limit`.
  [[nodiscard]] std::vector<UnpackedProfile> unpacked_profiles(std::size_t limit);
  /// Every profile, packed or not.
  [[nodiscard]] std::vector<UnpackedProfile> all_profiles();
  void profile_packed(ConversationId conversation, const Sha256Digest& digest);
  [[nodiscard]] std::optional<wire::GroupProfile> profile(const membership::Group& group);

  /// The seeds of invitations that this device made. Keeps one, and forgets those that the group no longer has.
  void keep_invitation(const membership::Group& group, const wire::GroupLink& link);
  /// Absent for another device's invitation.
  [[nodiscard]] std::optional<Secret<32>> invitation_seed(const membership::Group& group, InvitationId invitation);

  [[nodiscard]] std::optional<session::OwnSenderChain> own_chain(ConversationId conversation);
  void save_own_chain(const session::OwnSenderChain& chain);
  /// In ascending order.
  [[nodiscard]] std::vector<session::DeviceAddress> holders(ConversationId conversation);
  /// What was last given along to a device; zero if nothing.
  [[nodiscard]] Sha256Digest profile_given(ConversationId conversation, const session::DeviceAddress& device);
  void add_holder(ConversationId conversation, const SenderKeyHolder& holder);
  /// A new chain begins; what profiles were given stays known.
  void forget_holders(ConversationId conversation);
  /// It gets the chain once more with the next message. It stays one that holds it: what it asks for must not make
  /// anybody forget to begin a new chain when it goes.
  void give_again(ConversationId conversation, const session::DeviceAddress& device);
  /// The same for the chain of every group.
  void give_all_again(const session::DeviceAddress& device);
  /// Who holds the chain and gets it once more. In ascending order.
  [[nodiscard]] std::vector<session::DeviceAddress> given_again(ConversationId conversation);

  [[nodiscard]] session::ReceivedSenderChains received(ConversationId conversation,
                                                       const session::DeviceAddress& sender);
  void save_received(ConversationId conversation, const session::DeviceAddress& sender,
                     const session::ReceivedSenderChains& chains);
  /// Rows of the timeline that wait for a key of this sender.
  [[nodiscard]] std::vector<std::uint64_t> waiting(ConversationId conversation, const session::DeviceAddress& sender);

 private:
  [[nodiscard]] std::vector<UnpackedProfile> read_profiles(Query query);
  [[nodiscard]] static std::vector<session::DeviceAddress> read_devices(Query query);

  StoreContext context_;
};

}  // namespace sotto::client
