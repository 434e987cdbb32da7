#pragma once

#include "base/fixed_bytes.h"

namespace sotto {

/// Random, chosen by the account's first device; names nobody.
using AccountId = FixedBytes<struct AccountIdTag, 16>;
/// Random, chosen by the device.
using DeviceId = FixedBytes<struct DeviceIdTag, 16>;
/// For a direct conversation derived from its two accounts, else random.
using ConversationId = FixedBytes<struct ConversationIdTag, 16>;
/// Chosen by the sending device: 6 octets of big-endian Unix milliseconds, then 10 random octets.
/// The time prefix only keeps the server's index local; nobody relies on it.
using MessageId = FixedBytes<struct MessageIdTag, 16>;
/// Names one generation of an account's key backup.
using BackupId = FixedBytes<struct BackupIdTag, 16>;
/// Names one linking of a device, as long as it lasts.
using LinkId = FixedBytes<struct LinkIdTag, 16>;
/// Names an invitation to a group.
using InvitationId = FixedBytes<struct InvitationIdTag, 16>;
/// A signed-in session of one device, named in its tokens.
using LoginId = FixedBytes<struct LoginIdTag, 16>;

}  // namespace sotto
