#pragma once

#include "wire/backup_content.h"
#include "wire/device_linking.h"
#include "wire/frame.h"
#include "wire/group_link.h"
#include "wire/mailbox_content.h"
#include "wire/operations.h"
#include "wire/poll.h"
#include "wire/session_message.h"

namespace sotto::wire {

template <class... Types>
struct TypeList {};

/// The messages that stand by themselves: what is sent as a frame, signed, sealed or hashed. The schemas hold these
/// and every message inside them, and the tests of the codecs run over them. A new message that no other one holds
/// belongs here.
using SchemaRoots =
    TypeList<ClientFrame, ServerFrame, DeviceList, PrekeyStatement, SessionMessage, SessionHeader, SessionContext,
             SessionBinding, InitiationTranscript, DirectMessage, DirectKey, DirectBinding, Content, MailboxContent,
             GroupEvent, JoinStatement, GroupMessage, GroupBinding, BackupHeader, BackupSecrets, BackupContent,
             LinkCode, LinkOffer, LinkReveal, LinkDevice, LinkSecrets, GroupLink, PollOpen, PollOpened, PollSend,
             PollSent, PollReceive, PollReceived, PollClose, PollClosed>;

}  // namespace sotto::wire
