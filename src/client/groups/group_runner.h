#pragma once

#include "client/groups/group_commands.h"
#include "client/running_command.h"

namespace sotto::client {

// The commands of `group_commands.h`.

void run_command(RunningCommand& running, const CreateGroup& command);
void run_command(RunningCommand& running, const ShowGroup& command);
void run_command(RunningCommand& running, const AddMembers& command);
void run_command(RunningCommand& running, const RemoveMembers& command);
void run_command(RunningCommand& running, const LeaveGroup& command);
void run_command(RunningCommand& running, const SetRole& command);
void run_command(RunningCommand& running, const ChangeGroupProfile& command);
void run_command(RunningCommand& running, const ChangeGroupPolicies& command);
void run_command(RunningCommand& running, const CloseGroup& command);

/// The group of this name, written as '#name', if exactly one is called so.
[[nodiscard]] std::optional<ConversationRow> group_named(Turn& turn, std::string_view name);

/// False if the answer is not the question's.
[[nodiscard]] bool receive_group_answer(Turn& turn, const Asked& asked, const AskGroup& question,
                                        const wire::Answer& answer);
void receive_group_refused(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Error& error);

}  // namespace sotto::client
