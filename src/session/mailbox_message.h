#pragma once

#include "session/session.h"
#include "wire/mailbox_content.h"

namespace sotto::session {

// Control messages to one device, in its mailbox. The body is a session message whose padded plaintext is a
// wire::MailboxContent.

/// Seals `content` with the active session. For a repair, first `start_session`, then seal a wire::SessionRepair.
/// `Sealed::message` is the body of `PostMailbox`.
[[nodiscard]] std::expected<Sealed, SealError> seal_mailbox(const PeerSessions& current,
                                                            const Correspondents& correspondents,
                                                            const MessageId& message,
                                                            const wire::MailboxContent& content, UnixMillis now,
                                                            Random& random);

struct OpenedMailbox {
  PeerSessions next;
  std::optional<PrivatePrekeys> next_prekeys;
  wire::MailboxContent content;
  bool began_session = false;
};

/// Opens the body of a mailbox item that `correspondents.remote` sent. On an error nothing changes.
[[nodiscard]] std::expected<OpenedMailbox, OpenError> open_mailbox(const PeerSessions& current,
                                                                   const Correspondents& correspondents,
                                                                   const PrivatePrekeys& prekeys,
                                                                   const MessageId& message, ByteView body,
                                                                   UnixMillis now, Random& random);

}  // namespace sotto::session
