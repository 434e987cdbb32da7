#include "client/mailbox_contents.h"

#include "client/backup/key_sharing.h"
#include "client/groups/group_opening.h"
#include "client/resending.h"
#include "session/mailbox_message.h"

namespace sotto::client {
namespace {

struct TakeContent {
  Turn& turn;
  const session::DeviceAddress& sender;

  void operator()(const wire::ResendRequest& request) const { answer_resend(turn, sender, request); }
  void operator()(const wire::SenderKeyShare& share) const { receive_sender_key(turn, sender, share); }
  void operator()(const wire::MessageKeys& keys) const { receive_keys(turn, sender, keys); }
  void operator()(const wire::BackupKeyShare& share) const { receive_backup_key(turn, sender, share); }
  void operator()(const wire::SessionRepair&) const { receive_repair(turn, sender); }
  // A kind that is not known is for a later version.
  void operator()(const auto&) const {}
};

}  // namespace

void receive_mailbox_content(Turn& turn, const session::DeviceAddress& sender, const wire::MailboxContent& content) {
  std::visit(TakeContent{turn, sender}, content.kind);
}

bool post_to_device(Turn& turn, const session::RemoteDevice& device, wire::MailboxContentKind content) {
  DeviceSessions sessions = turn.sessions.load(device.address);
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged || !sessions.can_seal()) return false;
  const MessageId message = turn.random.next<MessageId>();
  const wire::MailboxContent whole{.version = wire::content_version, .sent_at = turn.now, .kind = std::move(content)};
  auto sealed = session::seal_mailbox(sessions.sessions, {local, device}, message, whole, turn.now, turn.random);
  if (!sealed) return false;
  sessions.sessions = std::move(sealed->next);
  turn.sessions.save(device.address, sessions);
  turn.outbox.add_upload(UploadKind::mailbox, wire::encode(wire::PostMailbox{.account = device.address.account,
                                                                             .device = device.address.device,
                                                                             .message = message,
                                                                             .body = std::move(sealed->message)}));
  return true;
}

}  // namespace sotto::client
