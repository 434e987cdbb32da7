#pragma once

#include "client/running_command.h"

namespace sotto::client {

// The commands of `message_commands.h`.

void run_command(RunningCommand& running, const SendText& command);
void run_command(RunningCommand& running, const React& command);
void run_command(RunningCommand& running, const EditMessage& command);
void run_command(RunningCommand& running, const DeleteMessage& command);
void run_command(RunningCommand& running, const StarMessage& command);
void run_command(RunningCommand& running, const SetTimer& command);
void run_command(RunningCommand& running, const DescribeConversation& command);
void run_command(RunningCommand& running, const ReportConversation& command);
void run_command(RunningCommand& running, const SendTyped& command);
void run_command(RunningCommand& running, const CancelMessage& command);
void run_command(RunningCommand& running, const ReadEdits& command);
void run_command(RunningCommand& running, const ReadThread& command);
void run_command(RunningCommand& running, const ListStarred& command);
void run_command(RunningCommand& running, const GetStatistics& command);
void run_command(RunningCommand& running, const KeepConversation& command);
void run_command(RunningCommand& running, const DeleteConversation& command);
void run_command(RunningCommand& running, const SetApplicationSetting& command);
void run_command(RunningCommand& running, const ListApplicationSettings& command);

}  // namespace sotto::client
