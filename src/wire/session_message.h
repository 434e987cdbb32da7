#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "base/secret.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::wire {

// What devices say to one another inside the opaque bodies of log entries and mailbox items. No server reads these.
// Everything here travels in its one canonical encoding; any other encoding of the same fields is refused.

/// The only suite so far: X25519, Ed25519, ML-KEM-768, HKDF-SHA-256, HMAC-SHA-256, AES-256-GCM.
inline constexpr std::uint32_t suite_1 = 1;

/// One header with the largest of each optional part.
inline constexpr std::size_t max_session_header_size = 4 * 1024;
/// What one session message may carry, sealed.
inline constexpr std::size_t max_session_ciphertext_size = 32 * 1024;
/// Devices that one direct message may be addressed to: every device of both accounts.
inline constexpr std::size_t max_direct_slots = 2 * max_devices;

/// Derived by both sides from the session's initial secret, so nobody else can predict it. Tells the receiver which of
/// its sessions a message belongs to without trying all of them.
using SessionId = FixedBytes<struct SessionIdTag, 16>;
/// Random for each message. Enters the message's key, so two messages sealed from copies of one state (a restored
/// backup, a cloned disk) never share key and nonce.
using MessageSalt = FixedBytes<struct MessageSaltTag, 16>;

/// The initiator's half of PQXDH (section 3.3). Repeated in every message until the responder has answered once.
struct Initiation {
  X25519PublicKey ephemeral_key;
  std::uint32_t signed_prekey = 0;
  std::optional<std::uint32_t> one_time_prekey;
  std::uint32_t kem_prekey = 0;
  bool kem_prekey_is_last_resort = false;
  MlKem768Ciphertext kem_ciphertext;

  friend bool operator==(const Initiation&, const Initiation&) = default;
  static constexpr auto describe() {
    return message("Initiation", "The initiator's half of the session set-up.",
                   field(1, "ephemeral_key", &Initiation::ephemeral_key, "X25519, used for this set-up only."),
                   field(2, "signed_prekey", &Initiation::signed_prekey, "Id of the responder's signed prekey."),
                   field(3, "one_time_prekey", &Initiation::one_time_prekey,
                         "Id of the responder's one-time prekey; absent if the bundle had none."),
                   field(4, "kem_prekey", &Initiation::kem_prekey, "Id of the responder's KEM prekey."),
                   field(5, "kem_prekey_is_last_resort", &Initiation::kem_prekey_is_last_resort,
                         "Whether that is a last-resort prekey."),
                   field(6, "kem_ciphertext", &Initiation::kem_ciphertext, "Encapsulated to that KEM prekey."));
  }
};

/// A fresh KEM key that the sender wants to be answered. Ids of one sender in one session are 1, 2, 3 and so on.
struct KemOffer {
  std::uint32_t id = 0;
  MlKem768PublicKey key;

  static constexpr auto describe() {
    return message("KemOffer", "A fresh KEM key for re-keying the session.",
                   field(1, "id", &KemOffer::id, "1, 2, 3 and so on."),
                   field(2, "key", &KemOffer::key, "ML-KEM-768 encapsulation key."));
  }
};

struct KemAnswer {
  std::uint32_t id = 0;
  MlKem768Ciphertext ciphertext;

  static constexpr auto describe() {
    return message("KemAnswer", "The answer to the peer's KEM offer.",
                   field(1, "id", &KemAnswer::id, "The offer's id."),
                   field(2, "ciphertext", &KemAnswer::ciphertext, "Encapsulated to the offered key."));
  }
};

/// Double Ratchet header (section 3.4 of its specification), with the session's name and the KEM re-key.
struct SessionHeader {
  SessionId session;
  X25519PublicKey ratchet_key;
  std::uint32_t previous_chain_length = 0;
  std::uint32_t message_number = 0;
  MessageSalt salt;
  std::uint32_t kem_mix = 0;
  std::optional<Initiation> initiation;
  std::optional<KemOffer> kem_offer;
  std::optional<KemAnswer> kem_answer;

  static constexpr auto describe() {
    return message(
        "SessionHeader", "The authenticated, readable part of a session message.",
        field(1, "session", &SessionHeader::session, "Which session."),
        field(2, "ratchet_key", &SessionHeader::ratchet_key, "The sender's X25519 ratchet key; names the chain."),
        field(3, "previous_chain_length", &SessionHeader::previous_chain_length,
              "Messages in the sender's chain before this one."),
        field(4, "message_number", &SessionHeader::message_number, "Position in this chain, from 0."),
        field(5, "salt", &SessionHeader::salt, "Random; enters the message's key."),
        field(6, "kem_mix", &SessionHeader::kem_mix,
              "Id of the sender's offer whose secret began this chain; 0 for none. The same in all of its messages."),
        field(7, "initiation", &SessionHeader::initiation, "Until the responder has answered."),
        field(8, "kem_offer", &SessionHeader::kem_offer, "The sender's open offer, in some messages."),
        field(9, "kem_answer", &SessionHeader::kem_answer, "The answer to the peer's offer, in some messages."));
  }
};

/// One message from one device to one other.
struct SessionMessage {
  std::uint32_t suite = 0;
  Bytes header;
  Bytes ciphertext;

  static constexpr auto describe() {
    return message("SessionMessage", "One message from a device to another.",
                   field(1, "suite", &SessionMessage::suite, "1."),
                   field(2, "header", &SessionMessage::header, at_most(max_session_header_size),
                         "Canonical encoding of a SessionHeader."),
                   field(3, "ciphertext", &SessionMessage::ciphertext, at_most(max_session_ciphertext_size),
                         "AES-256-GCM ciphertext and tag."));
  }
};

/// Which kind of body a session message belongs to.
enum class SessionUse : std::uint32_t {
  direct_message = 0,
  mailbox = 1,
};

constexpr auto describe(std::type_identity<SessionUse>) {
  using Value = EnumValue<SessionUse>;
  return enumeration("SessionUse", "What a session message is for.",
                     Value{SessionUse::direct_message, "direct_message", "A slot of a direct message."},
                     Value{SessionUse::mailbox, "mailbox", "A mailbox item."});
}

/// Where a session message belongs: outer associated data. Never sent; both sides know it.
struct SessionContext {
  SessionUse use = SessionUse::direct_message;
  std::optional<ConversationId> conversation;
  MessageId message;

  static constexpr auto describe() {
    return wire::message(
        "SessionContext", "Where a session message belongs; never sent.",
        field(1, "use", &SessionContext::use, "What for."),
        field(2, "conversation", &SessionContext::conversation, "Which conversation; absent for a mailbox item."),
        field(3, "message", &SessionContext::message, "The sender's message id."));
  }
};

/// Everything a session message is bound to: AES-GCM's associated data. Never sent.
struct SessionBinding {
  std::uint32_t suite = 0;
  AccountId sender;
  DeviceId sender_device;
  Ed25519PublicKey sender_account_key;
  X25519PublicKey sender_identity_key;
  AccountId recipient;
  DeviceId recipient_device;
  Ed25519PublicKey recipient_account_key;
  X25519PublicKey recipient_identity_key;
  Bytes header;
  Bytes context;

  static constexpr auto describe() {
    using Self = SessionBinding;
    return message(
        "SessionBinding", "What a session message is bound to; never sent.", field(1, "suite", &Self::suite, "1."),
        field(2, "sender", &Self::sender, "Sending account."),
        field(3, "sender_device", &Self::sender_device, "Sending device."),
        field(4, "sender_account_key", &Self::sender_account_key, "Its account's key."),
        field(5, "sender_identity_key", &Self::sender_identity_key, "Its identity key."),
        field(6, "recipient", &Self::recipient, "Receiving account."),
        field(7, "recipient_device", &Self::recipient_device, "Receiving device."),
        field(8, "recipient_account_key", &Self::recipient_account_key, "Its account's key."),
        field(9, "recipient_identity_key", &Self::recipient_identity_key, "Its identity key."),
        field(10, "header", &Self::header, at_most(max_session_header_size), "The header as sent."),
        field(11, "context", &Self::context, at_most(max_session_header_size), "The caller's associated data."));
  }
};

/// Everything a session set-up is bound to: enters the derivation of the session's first secret. Never sent.
struct InitiationTranscript {
  std::uint32_t suite = 0;
  AccountId initiator;
  DeviceId initiator_device;
  Ed25519PublicKey initiator_account_key;
  X25519PublicKey initiator_identity_key;
  AccountId responder;
  DeviceId responder_device;
  Ed25519PublicKey responder_account_key;
  X25519PublicKey responder_identity_key;
  X25519PublicKey signed_prekey;
  std::optional<X25519PublicKey> one_time_prekey;
  Sha256Digest kem_prekey;
  Initiation initiation;

  static constexpr auto describe() {
    using Self = InitiationTranscript;
    return message("InitiationTranscript", "What a session set-up is bound to; never sent.",
                   field(1, "suite", &Self::suite, "1."), field(2, "initiator", &Self::initiator, "Starting account."),
                   field(3, "initiator_device", &Self::initiator_device, "Starting device."),
                   field(4, "initiator_account_key", &Self::initiator_account_key, "Its account's key."),
                   field(5, "initiator_identity_key", &Self::initiator_identity_key, "Its identity key."),
                   field(6, "responder", &Self::responder, "Answering account."),
                   field(7, "responder_device", &Self::responder_device, "Answering device."),
                   field(8, "responder_account_key", &Self::responder_account_key, "Its account's key."),
                   field(9, "responder_identity_key", &Self::responder_identity_key, "Its identity key."),
                   field(10, "signed_prekey", &Self::signed_prekey, "The responder's signed prekey."),
                   field(11, "one_time_prekey", &Self::one_time_prekey, "The responder's one-time prekey, if used."),
                   field(12, "kem_prekey", &Self::kem_prekey, "SHA-256 of the responder's KEM prekey."),
                   field(13, "initiation", &Self::initiation, "What the initiator sends."));
  }
};

/// One recipient device's share of a direct message.
struct DirectSlot {
  AccountId account;
  DeviceId device;
  Bytes message;

  static constexpr auto describe() {
    return wire::message("DirectSlot", "One recipient device's share of a direct message.",
                         field(1, "account", &DirectSlot::account, "Whose device."),
                         field(2, "device", &DirectSlot::device, "Which device."),
                         field(3, "message", &DirectSlot::message, at_most(max_session_header_size + 256),
                               "Canonical encoding of a SessionMessage; its plaintext is a DirectKey."));
  }
};

/// The body of a log entry in a direct conversation: the content, sealed once, and its key for each device.
struct DirectMessage {
  std::uint32_t suite = 0;
  Sha256Digest commitment;
  Bytes ciphertext;
  std::vector<DirectSlot> slots;

  static constexpr auto describe() {
    return message("DirectMessage", "The body of a log entry in a direct conversation.",
                   field(1, "suite", &DirectMessage::suite, "1."),
                   field(2, "commitment", &DirectMessage::commitment, "Commits to the content key."),
                   field(3, "ciphertext", &DirectMessage::ciphertext, at_most(max_body_size),
                         "AES-256-GCM ciphertext and tag of a padded Content."),
                   field(4, "slots", &DirectMessage::slots, at_most(max_direct_slots),
                         "Ascending by account and device, without repeats."));
  }
};

/// The plaintext of a direct message's slot.
struct DirectKey {
  Secret<32> content_key;
  Sha256Digest content_hash;

  static constexpr auto describe() {
    return message("DirectKey", "The key of a direct message.",
                   field(1, "content_key", &DirectKey::content_key, "Random, for this message only."),
                   field(2, "content_hash", &DirectKey::content_hash, "SHA-256 of commitment || ciphertext."));
  }
};

/// What a direct message's content is bound to: AES-GCM's associated data. Never sent.
struct DirectBinding {
  std::uint32_t suite = 0;
  ConversationId conversation;
  MessageId message;
  AccountId sender;
  DeviceId sender_device;
  Sha256Digest recipients;

  static constexpr auto describe() {
    return wire::message("DirectBinding", "What a direct message's content is bound to; never sent.",
                         field(1, "suite", &DirectBinding::suite, "1."),
                         field(2, "conversation", &DirectBinding::conversation, "Which conversation."),
                         field(3, "message", &DirectBinding::message, "The sender's message id."),
                         field(4, "sender", &DirectBinding::sender, "Sending account."),
                         field(5, "sender_device", &DirectBinding::sender_device, "Sending device."),
                         field(6, "recipients", &DirectBinding::recipients,
                               "SHA-256 of account id || device id of each slot, in order."));
  }
};

/// Random, names one chain of one sending device.
using SenderChainId = FixedBytes<struct SenderChainIdTag, 16>;

/// The body of a message in a group: sealed once for all, with a key of the sender's chain.
struct GroupMessage {
  std::uint32_t suite = 0;
  SenderChainId chain;
  std::uint32_t iteration = 0;
  std::uint64_t group_number = 0;
  Sha256Digest group_head;
  Sha256Digest commitment;
  Bytes ciphertext;
  Ed25519Signature signature;

  static constexpr auto describe() {
    using Self = GroupMessage;
    return message(
        "GroupMessage", "A message in a group.", field(1, "suite", &Self::suite, "1."),
        field(2, "chain", &Self::chain, "Which of the sender's chains."),
        field(3, "iteration", &Self::iteration, "Which key of it, from 0."),
        field(4, "group_number", &Self::group_number, "The newest event of the group that the sender knew."),
        field(5, "group_head", &Self::group_head, "SHA-256 of that event."),
        field(6, "commitment", &Self::commitment, "Commits to the message's key."),
        field(7, "ciphertext", &Self::ciphertext, at_most(max_body_size),
              "AES-256-GCM ciphertext and tag of a padded Content."),
        field(8, "signature", &Self::signature,
              "Ed25519 by the chain's key over a GroupBinding and the ciphertext's hash, context 'sotto group "
              "message v1'."));
  }
};

/// What a group message's content is bound to: AES-GCM's associated data. With `ciphertext` set, what is signed. Never
/// sent.
struct GroupBinding {
  std::uint32_t suite = 0;
  ConversationId conversation;
  MessageId message;
  AccountId sender;
  DeviceId sender_device;
  SenderChainId chain;
  std::uint32_t iteration = 0;
  std::uint64_t group_number = 0;
  Sha256Digest group_head;
  Sha256Digest commitment;
  std::optional<Sha256Digest> ciphertext;

  static constexpr auto describe() {
    using Self = GroupBinding;
    return wire::message("GroupBinding", "What a group message is bound to; never sent.",
                         field(1, "suite", &Self::suite, "1."),
                         field(2, "conversation", &Self::conversation, "Which group."),
                         field(3, "message", &Self::message, "The sender's message id."),
                         field(4, "sender", &Self::sender, "Sending account."),
                         field(5, "sender_device", &Self::sender_device, "Sending device."),
                         field(6, "chain", &Self::chain, "As in the message."),
                         field(7, "iteration", &Self::iteration, "As in the message."),
                         field(8, "group_number", &Self::group_number, "As in the message."),
                         field(9, "group_head", &Self::group_head, "As in the message."),
                         field(10, "commitment", &Self::commitment, "As in the message."),
                         field(11, "ciphertext", &Self::ciphertext, "SHA-256 of it; set for the signature only."));
  }
};

/// A sending device's chain, given to one device that may read from here on.
struct SenderKey {
  ConversationId conversation;
  SenderChainId chain;
  std::uint32_t iteration = 0;
  Secret<32> chain_key;
  Ed25519PublicKey signing_key;

  static constexpr auto describe() {
    using Self = SenderKey;
    return message("SenderKey", "The chain of a sending device in a group.",
                   field(1, "conversation", &Self::conversation, "Which group."),
                   field(2, "chain", &Self::chain, "Its name."),
                   field(3, "iteration", &Self::iteration, "The first message that this key opens."),
                   field(4, "chain_key", &Self::chain_key, "Of that message."),
                   field(5, "signing_key", &Self::signing_key, "Verifies the chain's messages."));
  }
};

/// What opens one message that the server still holds: for history on other devices, and for sending again.
struct MessageKey {
  MessageId message;
  AccountId sender;
  DeviceId sender_device;
  std::uint64_t seq = 0;
  Secret<32> key;
  Sha256Digest body;

  static constexpr auto describe() {
    using Self = MessageKey;
    return wire::message("MessageKey", "What opens one message.", field(1, "message", &Self::message, "Its id."),
                         field(2, "sender", &Self::sender, "Who sent it."),
                         field(3, "sender_device", &Self::sender_device, "From which device."),
                         field(4, "seq", &Self::seq, "Its place in the log; 0 if it is not known."),
                         field(5, "key", &Self::key, "Content key of a direct message, message key of a group's."),
                         field(6, "body", &Self::body, "SHA-256 of commitment || ciphertext."));
  }
};

}  // namespace sotto::wire
