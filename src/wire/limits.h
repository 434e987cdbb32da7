#pragma once

#include <cstddef>
#include <cstdint>

namespace sotto::wire {

// Sizes are octets unless a name says otherwise. The decoder enforces them while it reads.

/// A frame or body from a client.
inline constexpr std::size_t max_request_size = 64 * 1024;
/// A frame from a server.
inline constexpr std::size_t max_answer_size = 512 * 1024;
/// Messages within messages.
inline constexpr std::size_t max_depth = 16;

inline constexpr std::size_t max_name_size = 64;
inline constexpr std::size_t max_password_size = 1024;
inline constexpr std::size_t max_token_size = 2048;
inline constexpr std::size_t max_devices = 32;
inline constexpr std::size_t max_device_list_size = 8 * 1024;
/// The opaque body of one log entry.
inline constexpr std::size_t max_body_size = 60 * 1024;
/// Text of one message in UTF-8.
inline constexpr std::size_t max_text_size = 16 * 1024;
/// One-time prekeys in one upload, of each kind.
inline constexpr std::size_t max_prekeys_per_upload = 40;
/// One-time prekeys that the server keeps for a device, of each kind.
inline constexpr std::size_t max_stored_prekeys = 200;
/// Entries in one page of a log or mailbox.
inline constexpr std::size_t max_page_entries = 200;
/// Bodies in one page, all together; at least one entry is always returned.
inline constexpr std::size_t max_page_size = 256 * 1024;
/// Conversations named in one `resume`.
inline constexpr std::size_t max_cursors = 2'000;

/// Members of a group or channel.
inline constexpr std::size_t max_members = 1'000;
/// Members that one event of a membership chain adds or removes, and that one page shows.
inline constexpr std::size_t max_members_at_once = 250;
/// Members whose marks travel with their conversation and are pushed when they rise.
inline constexpr std::size_t max_watched_members = 64;
/// Invitations of a group that are open at the same time.
inline constexpr std::size_t max_invitations = 32;
/// Accounts asked for at once.
inline constexpr std::size_t max_accounts_at_once = 50;
/// Mailbox items posted at once; their bodies together must fit a request.
inline constexpr std::size_t max_mailbox_posts = 100;
/// The header of a backup.
inline constexpr std::size_t max_backup_header_size = 4 * 1024;
/// One pack of a backup.
inline constexpr std::size_t max_backup_pack_size = 56 * 1024;
/// All packs of an account.
inline constexpr std::size_t max_backup_size = 64 * 1024 * 1024;
/// One box of a linking, and how many there are in one.
inline constexpr std::size_t max_link_box_size = 16 * 1024;
inline constexpr std::size_t max_link_boxes = 8;
/// A checkpoint of the transparency log, and the hashes of one of its proofs.
inline constexpr std::size_t max_checkpoint_size = 2 * 1024;
inline constexpr std::size_t max_proof_hashes = 64;

}  // namespace sotto::wire
