#include <memory>

#include "base/text_encoding.h"
#include "cli/commands/conversation_list.h"
#include "cli/commands/invitation_commands.h"
#include "cli/commands/naming_groups.h"
#include "cli/host/asking.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

/// What the commands below `group` take.
struct GroupOptions {
  std::string group;
  std::vector<std::string> names;
  std::string text;
  std::string role;
  bool is_channel = false;
  bool shares_history = false;
  bool is_off = false;
};

using Outcome = std::expected<void, Failure>;
using GroupAct = Outcome (*)(Host&, Console&, const GroupOptions&);

CommandBody on_home(std::shared_ptr<GroupOptions> own, GroupAct act) {
  return [own, act](const GlobalOptions& global, Console& console) {
    return with_client(global.client_options(), console, [&](LocalClient& client) -> Outcome {
      if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
      catch_up(client.host());
      return act(client.host(), console, *own);
    });
  };
}

/// Carries a command on the group out and expects no more than that it was done.
template <class Command>
Outcome change(Host& host, Console& console, const GroupOptions& own, Command command) {
  const auto group = find_group(host, own.group);
  if (!group) return std::unexpected(group.error());
  command.conversation = *group;
  const auto done = ask<client::Done>(host, std::move(command), engine_deadline());
  if (!done) return std::unexpected(done.error());
  catch_up(host);
  if (console.is_json()) console.print("{}");
  return {};
}

Outcome create(Host& host, Console& console, const GroupOptions& own) {
  client::CreateGroup command;
  command.name = own.group;
  command.members = own.names;
  command.is_channel = own.is_channel;
  command.description = own.text;
  command.policies.shares_history = own.shares_history;
  const auto opened = ask<client::Opened>(host, std::move(command), engine_deadline());
  if (!opened) return std::unexpected(opened.error());
  catch_up(host);
  console.print(console.is_json() ? wire::to_json(opened->conversation)
                                  : to_hex(opened->conversation.conversation.view()));
  return {};
}

Outcome list_groups(Host& host, Console& console, const GroupOptions&) {
  const auto list = list_conversations(host);
  if (!list) return std::unexpected(list.error());
  for (const client::ConversationSummary& summary : *list) {
    if (!is_group(summary)) continue;
    const std::string kind = summary.kind == client::ConversationKind::channel ? "channel" : "group";
    const std::string unread = summary.unread > 0 ? "  " + std::to_string(summary.unread) + " unread" : "";
    console.print(console.is_json()
                      ? wire::to_json(summary)
                      : to_hex(summary.conversation.view()) + "  " + kind + "  " + summary.title + unread);
  }
  return {};
}

Outcome show(Host& host, Console& console, const GroupOptions& own) {
  const auto group = find_group(host, own.group);
  if (!group) return std::unexpected(group.error());
  const auto shown = ask<client::GroupShown>(host, client::ShowGroup{.conversation = *group}, engine_deadline());
  if (!shown) return std::unexpected(shown.error());
  if (console.is_json()) {
    console.print(wire::to_json(*shown));
    return {};
  }
  console.print(shown->profile.name + (shown->closed ? "  (closed)" : ""));
  if (!shown->profile.subject.empty()) console.print(shown->profile.subject);
  if (!shown->profile.description.empty()) console.print(shown->profile.description);
  if (shown->policies.shares_history) console.print("Whoever comes reads what was written before.");
  for (const client::ShownMember& member : shown->members) {
    const std::string name = member.name.empty() ? to_hex(member.account.view()) : member.name;
    console.print("  " + name + "  " + std::string(name_of(member.role)) +
                  (member.identity_differs ? "  (another identity: nothing is encrypted to it)" : ""));
  }
  return {};
}

Outcome add(Host& host, Console& console, const GroupOptions& own) {
  const auto role = role_named(own.role);
  if (!role) return std::unexpected(Failure{ExitCode::usage, "usage", "The role is admin, member or read-only."});
  return change(host, console, own, client::AddMembers{.conversation = {}, .names = own.names, .role = *role});
}

Outcome remove(Host& host, Console& console, const GroupOptions& own) {
  return change(host, console, own, client::RemoveMembers{.conversation = {}, .names = own.names});
}

Outcome leave(Host& host, Console& console, const GroupOptions& own) {
  return change(host, console, own, client::LeaveGroup{});
}

Outcome set_role(Host& host, Console& console, const GroupOptions& own) {
  const auto role = role_named(own.role);
  if (!role) {
    return std::unexpected(Failure{ExitCode::usage, "usage", "The role is owner, admin, member or read-only."});
  }
  return change(host, console, own, client::SetRole{.conversation = {}, .name = own.names.front(), .role = *role});
}

Outcome rename(Host& host, Console& console, const GroupOptions& own) {
  client::ChangeGroupProfile command;
  command.name = own.text;
  return change(host, console, own, std::move(command));
}

Outcome share_history(Host& host, Console& console, const GroupOptions& own) {
  const auto group = find_group(host, own.group);
  if (!group) return std::unexpected(group.error());
  const auto shown = ask<client::GroupShown>(host, client::ShowGroup{.conversation = *group}, engine_deadline());
  if (!shown) return std::unexpected(shown.error());
  client::ChangeGroupPolicies command{.conversation = {}, .policies = shown->policies};
  command.policies.shares_history = !own.is_off;
  return change(host, console, own, std::move(command));
}

Outcome close(Host& host, Console& console, const GroupOptions& own) {
  return change(host, console, own, client::CloseGroup{});
}

/// A command below `group` that names a group.
CLI::App& add_one(CommandTable& table, CLI::App& group, const CommandTable::Words& words, GroupAct act,
                  const std::shared_ptr<GroupOptions>& own) {
  CLI::App& command = table.add(words, on_home(own, act), &group);
  command.add_option("GROUP", own->group, "The group's name or id")->required();
  return command;
}

void add_member_commands(CommandTable& table, CLI::App& group) {
  auto own = std::make_shared<GroupOptions>();
  own->role = "member";
  CLI::App& adding = add_one(table, group, {"add", "Add members", "  sotto group add Team bob eve\n"}, add, own);
  adding.add_option("NAMES", own->names, "Accounts")->required();
  adding.add_option("--role", own->role, "admin, member or read-only");

  own = std::make_shared<GroupOptions>();
  CLI::App& removing =
      add_one(table, group, {"remove", "Remove members", "  sotto group remove Team bob\n"}, remove, own);
  removing.add_option("NAMES", own->names, "Accounts")->required();

  own = std::make_shared<GroupOptions>();
  CLI::App& ranking =
      add_one(table, group,
              {"role", "Change what a member may do, or hand the group over", "  sotto group role Team bob admin\n"},
              set_role, own);
  ranking.add_option("NAME", own->names, "The account")->required()->expected(1);
  ranking.add_option("ROLE", own->role, "owner (hands over), admin, member or read-only")->required();

  own = std::make_shared<GroupOptions>();
  add_one(table, group, {"leave", "Leave a group", "  sotto group leave Team\n"}, leave, own);
}

}  // namespace

void add_group_commands(CommandTable& table) {
  auto own = std::make_shared<GroupOptions>();
  CLI::App& group = table.add(
      {"group",
       "Groups and channels: create, list, show, add, remove, role, leave, rename, share-history, invite, join, close",
       "  sotto group create Team bob eve\n  sotto group list\n  sotto send '#Team' \"Hello\"\n  sotto "
       "history '#Team'\n"},
      on_home(own, list_groups));
  table.add({"list", "List your groups and channels", "  sotto group list\n"}, on_home(own, list_groups), &group);

  own = std::make_shared<GroupOptions>();
  CLI::App& creating = add_one(
      table, group, {"create", "Create a group or channel", "  sotto group create Team bob eve\n"}, create, own);
  creating.add_option("NAMES", own->names, "Accounts to begin with");
  creating.add_flag("--channel", own->is_channel, "Only you and administrators write");
  creating.add_option("--description", own->text, "What it is for");
  creating.add_flag("--share-history", own->shares_history, "Whoever comes later reads what was written before");

  own = std::make_shared<GroupOptions>();
  add_one(table, group, {"show", "Show a group with its members", "  sotto group show Team\n"}, show, own);
  add_member_commands(table, group);

  own = std::make_shared<GroupOptions>();
  CLI::App& renaming =
      add_one(table, group, {"rename", "Call a group otherwise", "  sotto group rename Team Crew\n"}, rename, own);
  renaming.add_option("NAME", own->text, "The new name")->required();

  own = std::make_shared<GroupOptions>();
  CLI::App& sharing = add_one(table, group,
                              {"share-history", "Let whoever comes later read what was written before",
                               "  sotto group share-history Team\n  sotto group share-history Team --off\n"},
                              share_history, own);
  sharing.add_flag("--off", own->is_off, "Not any more, for those who come from now on");

  own = std::make_shared<GroupOptions>();
  add_one(table, group, {"close", "Close a group for good", "  sotto group close Team\n"}, close, own);
  add_invitation_commands(table, group);
}

}  // namespace sotto::cli
