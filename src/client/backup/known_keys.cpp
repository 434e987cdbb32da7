#include "client/backup/known_keys.h"

#include "session/direct_message.h"
#include "session/group_message.h"

namespace sotto::client {
namespace {

KeyPlace place_of(const wire::LogEntry& entry) {
  return {entry.conversation, {entry.sender, entry.sender_device}, entry.message};
}

}  // namespace

bool has_known_key(Turn& turn, const wire::LogEntry& entry) { return turn.backup.known(place_of(entry)).has_value(); }

std::optional<OpenedEntry> open_with_known_key(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry) {
  std::optional<KnownKey> known = turn.backup.known(place_of(entry));
  if (!known) return std::nullopt;
  wire::MessageKey& key = known->key;
  const session::DeviceAddress sender{entry.sender, entry.sender_device};
  const bool direct = row.kind == ConversationKind::direct || row.kind == ConversationKind::self;
  auto content = direct ? session::open_direct_with_key(key, sender, {entry.conversation, entry.message}, entry.body)
                        : session::open_group_with_key(key, sender, {entry.conversation, entry.message}, entry.body);
  if (!content) return std::nullopt;
  turn.backup.forget_known(place_of(entry));
  key.seq = entry.seq;
  return OpenedEntry{.cause = UndecryptableCause::none,
                     .content = std::move(*content),
                     .key = std::move(key),
                     .source = known->is_packed ? KeySource::backup : KeySource::file};
}

}  // namespace sotto::client
