#include "client/settings.h"

#include <algorithm>
#include <array>

#include "client/directory.h"
#include "client/sending.h"
#include "client/views.h"
#include "session/direct_message.h"

namespace sotto::client {
namespace {

ConversationId own_conversation_id(AccountId account) {
  return session::direct_conversation(std::array{account, account});
}

void merge(ConversationSettings& kept, const wire::ConversationSetting& setting) {
  if (setting.muted_until) kept.muted_until = *setting.muted_until;
  if (setting.pinned) kept.pinned = *setting.pinned;
  if (setting.archived) kept.archived = *setting.archived;
  if (setting.draft) kept.draft = *setting.draft;
  if (setting.marked_unread) kept.marked_unread = *setting.marked_unread;
  if (setting.reported_at) kept.reported_at = *setting.reported_at;
  if (setting.deleted_up_to) kept.deleted_up_to = std::max(kept.deleted_up_to, *setting.deleted_up_to);
  kept.was_deleted = kept.was_deleted || setting.deleted_up_to;
}

/// What `setting` leaves open is as `earlier` says.
void fill_in(wire::ConversationSetting& setting, const wire::ConversationSetting& earlier) {
  if (!setting.muted_until) setting.muted_until = earlier.muted_until;
  if (!setting.pinned) setting.pinned = earlier.pinned;
  if (!setting.archived) setting.archived = earlier.archived;
  if (!setting.draft) setting.draft = earlier.draft;
  if (!setting.marked_unread) setting.marked_unread = earlier.marked_unread;
  if (!setting.reported_at) setting.reported_at = earlier.reported_at;
  if (!setting.deleted_up_to) setting.deleted_up_to = earlier.deleted_up_to;
}

struct ApplySetting {
  Turn& turn;
  const TimelineRow& event;

  void operator()(const wire::ConversationSetting& setting) const {
    ConversationSettings kept = turn.conversations.settings(setting.conversation);
    const std::uint64_t deleted_before = kept.deleted_up_to;
    merge(kept, setting);
    turn.conversations.save_settings(setting.conversation, kept);
    if (kept.deleted_up_to > deleted_before) turn.timeline.erase_up_to({setting.conversation, kept.deleted_up_to});
    if (event.seq) turn.timeline.forget_body(event.position);
    if (const auto row = turn.conversations.find(setting.conversation)) {
      turn.tell(ConversationChanged{summary(turn, *row)});
    }
  }

  void operator()(const wire::ApplicationSetting& setting) const {
    turn.settings.save(setting);
    if (event.seq) turn.timeline.forget_body(event.position);
    turn.tell(ApplicationSettings{.settings = {setting}});
  }

  void operator()(const wire::DeviceSetting& setting) const {
    turn.settings.save(setting);
    if (event.seq) turn.timeline.forget_body(event.position);
  }

  void operator()(const wire::ContactSetting& setting) const {
    std::optional<Contact> contact = turn.contacts.find(setting.account);
    if (!contact || setting.account == turn.home.load().account) return;
    const bool is_pinned = contact->record.account_key == setting.account_key && !contact->record.changed;
    const bool is_offered = contact->record.changed && contact->record.changed->account_key == setting.account_key;
    if (!is_pinned && !is_offered) return;
    decide_identity(turn, *contact, setting.verified ? Verification::verified : Verification::unverified);
  }

  void operator()(const auto&) const {}
};

/// Takes an unsent setting of the same conversation into this one, so that only one goes out.
void absorb_unsent(Turn& turn, const ConversationRow& own, wire::ConversationSetting& setting) {
  for (const TimelineRow& event : turn.timeline.waiting_events(own.conversation)) {
    const auto* earlier = std::get_if<wire::ConversationSetting>(&event.content.kind);
    if (earlier == nullptr || earlier->conversation != setting.conversation) continue;
    const auto waiting = turn.outbox.find({own.conversation, event.message});
    if (!waiting || waiting->body) continue;
    fill_in(setting, *earlier);
    turn.outbox.remove(waiting->position);
    turn.timeline.erase(event.position, RowPlace::gone);
  }
}

}  // namespace

ConversationRow own_conversation(Turn& turn) {
  const AccountId self = turn.home.load().account;
  if (auto row = turn.conversations.find(own_conversation_id(self))) return *row;
  ConversationRow row;
  row.conversation = own_conversation_id(self);
  row.kind = ConversationKind::self;
  row.peer = self;
  turn.conversations.save(row);
  return row;
}

void pump_own_conversation(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  const AccountId self = turn.home.load().account;
  const auto row = turn.conversations.find(own_conversation_id(self));
  if (!row || row->offered_epoch != 0 || turn.outbox.count(row->conversation) == 0) return;
  turn.ask(AskOpenDirect{self}, wire::OpenDirect{.peer = self});
}

void queue_setting(Turn& turn, wire::ContentKind setting) {
  const ConversationRow own = own_conversation(turn);
  if (auto* kept = std::get_if<wire::ConversationSetting>(&setting)) absorb_unsent(turn, own, *kept);
  wire::Content content;
  content.kind = std::move(setting);
  queue_content(turn, {.conversation = own.conversation, .content = std::move(content)});
}

void apply_setting(Turn& turn, const TimelineRow& event) { std::visit(ApplySetting{turn, event}, event.content.kind); }

wire::MessageReference contact_target(AccountId account) {
  return {.sender = account, .sender_device = DeviceId{}, .message = MessageId{}};
}

bool was_verified(Turn& turn, AccountId account, const Ed25519PublicKey& account_key) {
  const ConversationId own = own_conversation_id(turn.home.load().account);
  bool verified = false;
  for (const TimelineRow& event :
       turn.timeline.events_about({.conversation = own, .message = contact_target(account)})) {
    const auto* setting = std::get_if<wire::ContactSetting>(&event.content.kind);
    if (setting != nullptr && setting->account_key == account_key) verified = setting->verified;
  }
  return verified;
}

}  // namespace sotto::client
