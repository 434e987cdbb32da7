#pragma once

#include "client/running_command.h"

namespace sotto::client {

// Invitations: making, showing and revoking them, using the link of one, and deciding about who asks to be let in.

void run_command(RunningCommand& running, const CreateInvitation& command);
void run_command(RunningCommand& running, const ListInvitations& command);
void run_command(RunningCommand& running, const RevokeInvitation& command);
void run_command(RunningCommand& running, const JoinGroup& command);
void run_command(RunningCommand& running, const ListJoinRequests& command);
void run_command(RunningCommand& running, const ApproveJoin& command);
void run_command(RunningCommand& running, const DeclineJoin& command);

/// The server has taken the event of a new invitation, which `own` holds with its link.
[[nodiscard]] InvitationShown invitation_made(const OwnChange& own);

/// The server has taken the event by which this account joined. False if the command was another one.
[[nodiscard]] bool receive_joined(Turn& turn, const Asked& asked);
/// Another event came before the one by which this account wants to join.
void read_invited_again(Turn& turn, const Asked& asked);

/// False if the answer is not the question's.
[[nodiscard]] bool receive_invitation_answer(Turn& turn, const Asked& asked, const AskGroup& question,
                                             const wire::Answer& answer);
/// What a refusal means to who asked: of an invitation, of a request to join, or anything else.
[[nodiscard]] ClientError error_of_invitation(Turn& turn, const Asked& asked, const AskGroup& question,
                                              const wire::Error& error);

}  // namespace sotto::client
