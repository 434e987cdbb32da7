#include "cli/commands/invitation_commands.h"

#include <memory>

#include "base/text_encoding.h"
#include "cli/commands/naming_groups.h"
#include "cli/commands/naming_messages.h"
#include "cli/console/local_time.h"
#include "cli/terminal/characters.h"
#include "cli/terminal/qr_drawing.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

/// What these commands take.
struct InvitationOptions {
  std::string group;
  /// The link, the invitation's id or an account's name.
  std::string subject;
  std::string expires = "7d";
  std::uint32_t uses = 0;
  bool needs_approval = false;
  bool is_read_only = false;
};

using InvitationOutcome = std::expected<void, Failure>;
using InvitationAct = InvitationOutcome (*)(LocalClient&, Console&, const InvitationOptions&);

CommandBody on_client(std::shared_ptr<InvitationOptions> own, InvitationAct act) {
  return [own, act](const GlobalOptions& global, Console& console) {
    return with_client(global.client_options(), console, [&](LocalClient& client) -> InvitationOutcome {
      if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
      catch_up(client.host());
      return act(client, console, *own);
    });
  };
}

std::string terms_of(const client::ShownInvitation& invitation) {
  std::string text =
      invitation.expires_at.value == 0 ? "for ever" : "until " + local_date_and_time(invitation.expires_at);
  if (invitation.expired) text = "expired";
  if (invitation.max_uses > 0) {
    text += ", used " + std::to_string(invitation.uses) + " of " + std::to_string(invitation.max_uses);
  } else if (invitation.uses > 0) {
    text += ", used " + std::to_string(invitation.uses);
  }
  if (invitation.needs_approval) text += ", with approval";
  if (invitation.role == wire::Role::read_only) text += ", read-only";
  return text;
}

InvitationOutcome invite(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto span = own.expires == "never" ? std::optional<std::uint64_t>(0) : milliseconds_in(own.expires);
  const bool is_time = span && (*span != 0 || own.expires == "never");
  if (!is_time || (own.needs_approval && own.uses != 0)) {
    const std::string text = is_time ? "An invitation with --approval has no --uses: you decide about everybody."
                                     : "Write the time as 10m, 8h, 7d, 4w or never.";
    return std::unexpected(Failure{ExitCode::usage, "usage", text});
  }
  const auto group = find_group(client.host(), own.group);
  if (!group) return std::unexpected(group.error());
  const client::CreateInvitation command{.conversation = *group,
                                         .server = client.server(),
                                         .expires_after_ms = *span,
                                         .max_uses = own.uses,
                                         .needs_approval = own.needs_approval,
                                         .role = own.is_read_only ? wire::Role::read_only : wire::Role::member};
  const auto shown = ask<client::InvitationShown>(client.host(), command, engine_deadline());
  if (!shown) return std::unexpected(shown.error());
  if (console.is_json()) {
    console.print(wire::to_json(shown->invitation));
    return {};
  }
  const std::string& link = shown->invitation.link;
  const auto drawing = draw_qr(as_bytes(link), console.has_colours() ? QrStyle::coloured : QrStyle::plain);
  if (drawing) console.print(*drawing);
  console.print("Whoever has this link may " + std::string(own.needs_approval ? "ask to join" : "join") + " (" +
                terms_of(shown->invitation) + "):\n\n  sotto group join " + link +
                "\n\nTake it back with: sotto group revoke " + own.group + " " +
                to_hex(shown->invitation.invitation.view()));
  return {};
}

std::expected<client::InvitationsShown, Failure> invitations_of(LocalClient& client, const std::string& name) {
  const auto group = find_group(client.host(), name);
  if (!group) return std::unexpected(group.error());
  return ask<client::InvitationsShown>(
      client.host(), client::ListInvitations{.conversation = *group, .server = client.server()}, engine_deadline());
}

InvitationOutcome list_invitations(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto shown = invitations_of(client, own.group);
  if (!shown) return std::unexpected(shown.error());
  for (const client::ShownInvitation& invitation : shown->invitations) {
    if (console.is_json()) {
      console.print(wire::to_json(invitation));
      continue;
    }
    console.print(to_hex(invitation.invitation.view()) + "  " + terms_of(invitation));
    if (!invitation.link.empty()) console.print("  " + invitation.link);
  }
  if (shown->invitations.empty() && !console.is_json()) console.print("There are no invitations.");
  return {};
}

InvitationOutcome revoke(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto shown = invitations_of(client, own.group);
  if (!shown) return std::unexpected(shown.error());
  std::vector<InvitationId> found;
  for (const client::ShownInvitation& invitation : shown->invitations) {
    const bool begins_so = to_hex(invitation.invitation.view()).starts_with(own.subject);
    if (!own.subject.empty() && (begins_so || invitation.link == own.subject)) found.push_back(invitation.invitation);
  }
  if (found.size() != 1) {
    return std::unexpected(Failure{ExitCode::usage, "unknown_invitation",
                                   found.empty() ? "The group has no such invitation. See `sotto group invitations`."
                                                 : "More than one invitation's id begins so. Give more of it."});
  }
  const auto done = ask<client::Done>(
      client.host(), client::RevokeInvitation{.conversation = shown->conversation, .invitation = found.front()},
      engine_deadline());
  if (!done) return std::unexpected(done.error());
  console.print(console.is_json() ? "{}" : "Revoked. Nobody can use that link any more.");
  return {};
}

InvitationOutcome join(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto joined = ask<client::GroupJoined>(
      client.host(), client::JoinGroup{.link = own.subject, .server = client.server()}, engine_deadline());
  if (!joined) return std::unexpected(joined.error());
  if (!joined->waits_for_approval) catch_up(client.host());
  if (console.is_json()) {
    console.print(wire::to_json(*joined));
  } else if (joined->waits_for_approval) {
    console.print("You asked to join. An administrator of the group decides; then it appears in `sotto group list`.");
  } else {
    console.print("You are in the group now: " + to_hex(joined->conversation.view()) +
                  "\nIts name comes as soon as a device of whoever invited you is online.");
  }
  return {};
}

InvitationOutcome list_requests(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto group = find_group(client.host(), own.group);
  if (!group) return std::unexpected(group.error());
  const auto shown = ask<client::JoinRequestsShown>(client.host(), client::ListJoinRequests{.conversation = *group},
                                                    engine_deadline());
  if (!shown) return std::unexpected(shown.error());
  for (const client::ShownJoinRequest& request : shown->requests) {
    if (console.is_json()) {
      console.print(wire::to_json(request));
      continue;
    }
    const std::string name = request.name.empty() ? to_hex(request.account.view()) : request.name;
    console.print(name + "  asked " + local_date_and_time(request.asked_at) +
                  (request.is_void ? "  (the invitation is not valid any more)" : ""));
  }
  if (shown->requests.empty() && !console.is_json()) console.print("Nobody asks to join.");
  return {};
}

template <class Command>
InvitationOutcome decide(LocalClient& client, Console& console, const InvitationOptions& own) {
  const auto group = find_group(client.host(), own.group);
  if (!group) return std::unexpected(group.error());
  const auto done =
      ask<client::Done>(client.host(), Command{.conversation = *group, .name = own.subject}, engine_deadline());
  if (!done) return std::unexpected(done.error());
  catch_up(client.host());
  if (console.is_json()) console.print("{}");
  return {};
}

CLI::App& add_one(CommandTable& table, CLI::App& group, const CommandTable::Words& words, InvitationAct act,
                  const std::shared_ptr<InvitationOptions>& own) {
  CLI::App& command = table.add(words, on_client(own, act), &group);
  command.add_option("GROUP", own->group, "The group's name or id")->required();
  return command;
}

void add_decisions(CommandTable& table, CLI::App& group) {
  auto own = std::make_shared<InvitationOptions>();
  add_one(table, group, {"requests", "List who asks to join", "  sotto group requests Team\n"}, list_requests, own);

  own = std::make_shared<InvitationOptions>();
  CLI::App& approving =
      add_one(table, group, {"approve", "Let somebody in who asks to join", "  sotto group approve Team bob\n"},
              decide<client::ApproveJoin>, own);
  approving.add_option("NAME", own->subject, "The account")->required();

  own = std::make_shared<InvitationOptions>();
  CLI::App& declining =
      add_one(table, group, {"decline", "Turn somebody down who asks to join", "  sotto group decline Team bob\n"},
              decide<client::DeclineJoin>, own);
  declining.add_option("NAME", own->subject, "The account")->required();
}

}  // namespace

void add_invitation_commands(CommandTable& table, CLI::App& group) {
  auto own = std::make_shared<InvitationOptions>();
  CLI::App& inviting = add_one(table, group,
                               {"invite", "Make an invitation: a link and a QR code",
                                "  sotto group invite Team\n  sotto group invite Team --expires 2h --uses 1\n"
                                "  sotto group invite Team --approval\n"},
                               invite, own);
  inviting.add_option("--expires", own->expires, "10m, 8h, 7d (if nothing is said), 4w or never");
  inviting.add_option("--uses", own->uses, "Void after so many have joined; 0 for any number");
  inviting.add_flag("--approval", own->needs_approval, "Who has the link only asks; you approve or decline");
  inviting.add_flag("--read-only", own->is_read_only, "Who joins reads and does not write");

  own = std::make_shared<InvitationOptions>();
  add_one(table, group, {"invitations", "List a group's invitations", "  sotto group invitations Team\n"},
          list_invitations, own);

  own = std::make_shared<InvitationOptions>();
  CLI::App& revoking =
      add_one(table, group, {"revoke", "Take an invitation back", "  sotto group revoke Team 1b32d2a7\n"}, revoke, own);
  revoking.add_option("INVITATION", own->subject, "The beginning of its id, or its link")->required();

  own = std::make_shared<InvitationOptions>();
  CLI::App& joining = table.add(
      {"join", "Join a group by the link of an invitation", "  sotto group join sotto-group:ChpodHRwczov...\n"},
      on_client(own, join), &group);
  joining.add_option("LINK", own->subject, "As it was given to you")->required();
  add_decisions(table, group);
}

}  // namespace sotto::cli
