#include <algorithm>

#include "client/directory.h"
#include "client/sending.h"
#include "session/mailbox_message.h"
#include "wire/binary.h"

namespace sotto::client {
namespace {

constexpr std::size_t repairs_at_a_time = 8;
constexpr std::size_t uploads_at_a_time = 2;

/// A new session is there: the repair goes out over it.
void post_repair(Turn& turn, const session::RemoteDevice& device, DeviceSessions sessions) {
  const MessageId message = turn.random.next<MessageId>();
  const wire::MailboxContent content{
      .version = wire::content_version, .sent_at = turn.now, .kind = wire::SessionRepair{}};
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged) return;
  auto sealed = session::seal_mailbox(sessions.sessions, {local, device}, message, content, turn.now, turn.random);
  sessions.repair = false;
  if (sealed) {
    sessions.sessions = std::move(sealed->next);
    turn.outbox.add_upload(UploadKind::mailbox, wire::encode(wire::PostMailbox{.account = device.address.account,
                                                                               .device = device.address.device,
                                                                               .message = message,
                                                                               .body = std::move(sealed->message)}));
  }
  turn.sessions.save(device.address, sessions);
}

template <class Request>
void send_upload(Turn& turn, const Upload& upload) {
  auto request = wire::decode<Request>(upload.request);
  if (!request) {
    turn.outbox.remove_upload(upload.position);
    return;
  }
  turn.ask(AskUpload{upload.position}, std::move(*request));
}

/// A mailbox item for a device that was removed since it was sealed. Of other uploads the refusal is about this device,
/// which may only not be listed yet.
bool is_for_nobody(Turn& turn, const AskUpload& asked, const wire::Error& error) {
  if (error.code != wire::ErrorCode::device_not_listed) return false;
  const std::vector<Upload> uploads = turn.outbox.uploads(uploads_at_a_time);
  const auto upload = std::ranges::find(uploads, asked.position, &Upload::position);
  return upload != uploads.end() && upload->kind == UploadKind::mailbox;
}

}  // namespace

void pump_repairs(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  for (const session::DeviceAddress& address : turn.sessions.to_repair(repairs_at_a_time)) {
    DeviceSessions sessions = turn.sessions.load(address);
    const auto device = listed_device(turn, address);
    if (!device) {
      turn.sessions.remove(address);
    } else if (sessions.can_seal()) {
      post_repair(turn, *device, std::move(sessions));
    } else {
      turn.ask(AskClaim{address.account, {address.device}},
               wire::ClaimPrekeys{.account = address.account, .devices = {address.device}});
    }
  }
}

void pump_uploads(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  for (const Upload& upload : turn.outbox.uploads(uploads_at_a_time)) {
    if (upload.kind == UploadKind::prekeys) send_upload<wire::PublishPrekeys>(turn, upload);
    if (upload.kind == UploadKind::mailbox) send_upload<wire::PostMailbox>(turn, upload);
    if (upload.kind == UploadKind::mailboxes) send_upload<wire::PostMailboxes>(turn, upload);
    if (upload.kind == UploadKind::redact) send_upload<wire::Redact>(turn, upload);
  }
}

void receive_upload_done(Turn& turn, const AskUpload& asked) { turn.outbox.remove_upload(asked.position); }

void receive_upload_refused(Turn& turn, const AskUpload& asked, const wire::Error& error) {
  if (is_passing(error) && !is_for_nobody(turn, asked, error)) {
    pause_after(turn, asked, error);
  } else {
    turn.outbox.remove_upload(asked.position);
  }
}

}  // namespace sotto::client
