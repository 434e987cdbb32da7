#include "session/mailbox_message.h"

#include "session/padding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

wire::SessionContext context_of(const MessageId& message) {
  return {.use = wire::SessionUse::mailbox, .conversation = {}, .message = message};
}

}  // namespace

std::expected<Sealed, SealError> seal_mailbox(const PeerSessions& current, const Correspondents& correspondents,
                                              const MessageId& message, const wire::MailboxContent& content,
                                              UnixMillis now, Random& random) {
  const SecretBuffer padded = pad(wire::encode_secret(content).reveal());
  const wire::SessionContext context = context_of(message);
  return seal(current, correspondents, {.plaintext = padded.reveal(), .context = context}, now, random);
}

std::expected<OpenedMailbox, OpenError> open_mailbox(const PeerSessions& current, const Correspondents& correspondents,
                                                     const PrivatePrekeys& prekeys, const MessageId& message,
                                                     ByteView body, UnixMillis now, Random& random) {
  const wire::SessionContext context = context_of(message);
  auto opened = open(current, correspondents, prekeys, {.message = body, .context = context}, now, random);
  if (!opened) return std::unexpected(opened.error());
  const auto encoded = unpad(opened->plaintext.reveal());
  if (!encoded) return std::unexpected(OpenError::bad_content);
  auto content = wire::decode<wire::MailboxContent>(*encoded);
  if (!content || content->version == 0) return std::unexpected(OpenError::bad_content);
  return OpenedMailbox{.next = std::move(opened->next),
                       .next_prekeys = std::move(opened->next_prekeys),
                       .content = std::move(*content),
                       .began_session = opened->began_session};
}

}  // namespace sotto::session
