#include <algorithm>

#include "client/directory.h"
#include "client/sending.h"
#include "session/mailbox_message.h"
#include "wire/binary.h"

namespace sotto::client {
namespace {

constexpr std::size_t repairs_at_a_time = 8;
constexpr std::size_t uploads_at_a_time = 2;
/// Before prekeys of an account that had none, or none that is authentic, are asked for again.
constexpr Milliseconds claim_pause = seconds(60);

void start(Turn& turn, const session::RemoteDevice& device, const wire::PrekeyBundle& bundle) {
  DeviceSessions sessions = turn.sessions.load(device.address);
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged) return;
  auto started = session::start_session(sessions.sessions, {local, device}, bundle, turn.now, turn.random);
  if (!started) {
    turn.notice({.kind = SecurityNoticeKind::prekey_not_authentic, .account = device.address.account});
    return;
  }
  sessions.sessions = std::move(*started);
  sessions.renew = false;
  turn.sessions.save(device.address, sessions);
}

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

}  // namespace

void receive_bundles(Turn& turn, const AskClaim& asked, const wire::PrekeyBundles& bundles) {
  for (const wire::PrekeyBundle& bundle : bundles.bundles) {
    if (std::find(asked.devices.begin(), asked.devices.end(), bundle.device) == asked.devices.end()) {
      turn.notice({.kind = SecurityNoticeKind::prekey_not_authentic, .account = asked.account});
      continue;
    }
    if (const auto device = listed_device(turn, {asked.account, bundle.device})) start(turn, *device, bundle);
  }
  // Whoever has no session after this had no usable prekeys: the account is not asked again for a while.
  for (const DeviceId& device : asked.devices) {
    if (!turn.sessions.load({asked.account, device}).can_seal()) {
      turn.memory.link.pause(key_of(asked), turn.now + claim_pause);
    }
  }
}

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
  // A recipient that was removed meanwhile; not this device, which nothing would help but a new list.
  const bool is_recipient_gone = error.code == wire::ErrorCode::device_not_listed && error.field == "device";
  if (is_passing(error) && !is_recipient_gone) {
    pause_after(turn, asked, error);
  } else {
    turn.outbox.remove_upload(asked.position);
  }
}

}  // namespace sotto::client
