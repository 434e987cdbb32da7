#pragma once

#include <string_view>

namespace sotto::session::label {

// Every derivation and signature of this room has a label of its own, so that none stands for another, listed here and
// in docs/protocol/encryption.md. A change of meaning is a change of label.

// Signature contexts.
inline constexpr std::string_view device_list = "sotto device list v1";
inline constexpr std::string_view signed_prekey = "sotto signed prekey v1";
inline constexpr std::string_view kem_prekey = "sotto kem prekey v1";
inline constexpr std::string_view last_resort_kem_prekey = "sotto last resort kem prekey v1";

// Derivations of the session set-up.
inline constexpr std::string_view set_up = "sotto pqxdh v1";
inline constexpr std::string_view session_id = "sotto session id v1";
inline constexpr std::string_view session_root = "sotto session root v1";

// Derivations of the ratchet.
inline constexpr std::string_view ratchet_step = "sotto ratchet step v1";
inline constexpr std::string_view ratchet_step_with_kem = "sotto ratchet step with kem v1";
inline constexpr std::string_view chain_key = "sotto chain key v1";
inline constexpr std::string_view message_key = "sotto message key v1";
inline constexpr std::string_view message_aead = "sotto message aead v1";

// Derivations from a direct message's content key, and hashes.
inline constexpr std::string_view direct_content = "sotto direct content v1";
inline constexpr std::string_view direct_commitment = "sotto direct commitment v1";
inline constexpr std::string_view direct_conversation = "sotto direct conversation v1";
// Sender Keys: the chain's steps, what a message key gives, and the signature of a message.
inline constexpr std::string_view sender_message_key = "sotto sender message key v1";
inline constexpr std::string_view sender_chain_key = "sotto sender chain key v1";
inline constexpr std::string_view group_content = "sotto group content v1";
inline constexpr std::string_view group_commitment = "sotto group commitment v1";
inline constexpr std::string_view group_message = "sotto group message v1";

inline constexpr std::string_view safety_number = "sotto safety number v1";

// Derivations of linking a device; the hash of what was said follows the label, except for the proof.
inline constexpr std::string_view link_proof = "sotto link proof v1";
inline constexpr std::string_view link_keys = "sotto link keys v1";
inline constexpr std::string_view link_code = "sotto link code v1";

// Derivations of backups; the backup's id (and a pack's number) follows the label.
inline constexpr std::string_view backup_lock = "sotto backup lock v1";
inline constexpr std::string_view backup_pack = "sotto backup pack v1";
inline constexpr std::string_view backup_file = "sotto backup file v1";

}  // namespace sotto::session::label
