#include "client/wording.h"

namespace sotto::client {
namespace {

/// The codes of invitations.
std::string_view text_of_invitation(ClientErrorCode code) {
  using enum ClientErrorCode;
  switch (code) {
    case invalid_group_link:
      return "That is not the link of an invitation, or a part of it is missing. Copy or scan it again.";
    case group_elsewhere:
      return "This invitation is to a group on another server. You need an account there to use it.";
    case invitation_void:
      return "This invitation is not valid any more: it has expired, was used up or revoked, or the group was closed. "
             "Ask for a new one.";
    case already_member:
      return "You are in this group already.";
    case unknown_invitation:
      return "The group has no such invitation, or it was used up or revoked already.";
    case no_join_request:
      return "Nobody of that name asks to be let in.";
    case join_request_void:
      return "The invitation behind this request has expired or was revoked. Add the person yourself, or decline.";
    default:
      return "";
  }
}

/// The codes of devices, backup and recovery.
std::string_view text_of_recovery(ClientErrorCode code) {
  using enum ClientErrorCode;
  switch (code) {
    case invalid_link_code:
      return "That is not the code of a new device, or a part of it is missing. Copy or scan it again.";
    case other_server:
      return "That code belongs to a device that wants to join another server.";
    case no_linking:
      return "The new device's code is not valid any more. Let the new device show a new one.";
    case unknown_device:
      return "Your account has no such device.";
    case own_device:
      return "This is the device you are using. Remove it from another of your devices, or log out.";
    case too_many_devices:
      return "Your account has as many devices as it can have. Remove one that you no longer use.";
    case weak_passphrase:
      return "A passphrase needs at least 12 characters. Several words that do not belong together are good.";
    case no_backup:
      return "There is no backup. If you have another device, link this one; else you can reset the account.";
    case wrong_words:
      return "Those are not the words that were asked for. Look at your recovery key again.";
    case backup_busy:
      return "The backup is still being read. Try again in a moment.";
    case invalid_recovery_key:
      return "That is not a recovery key.";
    case wrong_recovery_key:
      return "That recovery key or passphrase does not open this backup. A newer backup has a newer recovery key.";
    case other_lock:
      return "This backup opens the other way: with a passphrase instead of a recovery key, or the reverse.";
    case backup_of_other_identity:
      return "The backup does not belong to the identity that the server shows for this account. Nothing of it was "
             "believed.";
    case backup_damaged:
      return "The backup is incomplete, was changed, or was made by a newer version.";
    default:
      return text_of_invitation(code);
  }
}

std::string_view text_of(ClientErrorCode code) {
  using enum ClientErrorCode;
  switch (code) {
    case none:
      return "";
    case bad_command:
      return "The command is malformed.";
    case not_registered:
      return "There is no account here yet. Register one first.";
    case already_registered:
      return "There is an account here already.";
    case registration_pending:
      return "A registration under another name was begun here and not confirmed. Repeat it with that name.";
    case not_logged_in:
      return "This device is logged out. Log in first.";
    case device_not_linked:
      return "This device does not belong to that account. Use the device on which the account was made.";
    case login_ended:
      return "The server ended this device's login. Log in again; your messages are all here.";
    case wrong_credentials:
      return "Name or password is wrong.";
    case name_taken:
      return "Another account has this name. Choose another one.";
    case invalid_name:
      return "A name has 3 to 32 of a-z, 0-9, '.', '_' and '-', and begins with a letter.";
    case invalid_password:
      return "A password has at least 8 and at most 1024 characters.";
    case invalid_text:
      return "The text is empty, longer than 16 KiB, or not UTF-8.";
    case unknown_account:
      return "There is no account of that name on the server.";
    case own_account:
      return "That is your own account.";
    case unknown_conversation:
      return "There is no such conversation here.";
    case unknown_login:
      return "There is no such login.";
    case identity_changed:
      return "The identity of this verified contact has changed. Nothing is sent until you verify again or withdraw "
             "the verification.";
    case number_differs:
      return "That is not the current safety number of this contact.";
    case peer_unreachable:
      return "No device of the other account can be encrypted to at the moment.";
    case too_large:
      return "This is too large to be sent.";
    case rate_limited:
      return "The server asks to wait a little.";
    case offline:
      return "The server could not be reached.";
    case server_refused:
      return "The server refused.";
    case server_unavailable:
      return "The server cannot do this at the moment.";
    case server_distrusted:
      return "What the server answered does not verify. Nothing of it was believed and nothing was sent.";
    case storage_failed:
      return "This device's storage failed. Nothing was changed.";
    case too_many:
      return "Too many commands are waiting.";
    case unknown_message:
      return "There is no such message here.";
    case not_allowed:
      return "You may not do that here.";
    case already_sent:
      return "This message is on its way or sent already.";
    default:
      return text_of_recovery(code);
  }
}

bool may_succeed_later(ClientErrorCode code) {
  using enum ClientErrorCode;
  return code == peer_unreachable || code == rate_limited || code == offline || code == server_unavailable ||
         code == server_distrusted || code == storage_failed || code == too_many;
}

ClientErrorCode code_of(const wire::Error& error) {
  using enum wire::ErrorCode;
  switch (error.code) {
    case unauthenticated:
    case token_expired:
    case token_revoked:
      return ClientErrorCode::login_ended;
    case wrong_credentials:
      return ClientErrorCode::wrong_credentials;
    case device_not_listed:
      return ClientErrorCode::device_not_linked;
    case name_taken:
      return ClientErrorCode::name_taken;
    case not_found:
      return ClientErrorCode::unknown_account;
    case too_large:
      return ClientErrorCode::too_large;
    case rate_limited:
      return ClientErrorCode::rate_limited;
    case unavailable:
    case internal:
      return ClientErrorCode::server_unavailable;
    case invalid_value:
      if (error.field == "name") return ClientErrorCode::invalid_name;
      if (error.field == "password") return ClientErrorCode::invalid_password;
      return ClientErrorCode::server_refused;
    default:
      return ClientErrorCode::server_refused;
  }
}

/// Of the server's records, of backups and of groups.
std::string_view record_sentence_of(SecurityNoticeKind kind) {
  using enum SecurityNoticeKind;
  switch (kind) {
    case not_in_log:
      return "The server uses a list of devices of $ that its public log does not hold. Compare safety numbers with $.";
    case log_forked:
      return "The server's public log of device lists was changed in hindsight. Do not trust this server before its "
             "operator has explained that.";
    case log_rolled_back:
      return "The server's public log of device lists lost entries that it had. Perhaps an older copy of its data was "
             "put "
             "back, or it hides something; ask its operator.";
    case log_not_authentic:
      return "The server's public log of device lists is not signed with the key that it had before. Ask its operator.";
    case log_split_view:
      return "The server showed two people different logs of device lists. Do not trust it, and compare safety "
             "numbers.";
    case unexpected_own_entry:
      return "The server's public log holds a list of your devices that your devices did not make. Compare safety "
             "numbers "
             "with the people you write to.";
    case backup_altered:
      return "The server showed a part of your backup that was changed or belongs elsewhere. It was refused.";
    case backup_shortened:
      return "The server shows less of your backup than there was before.";
    case backup_gone:
      return "Your backup is not on the server any more, or another device began a new one. Check it, and begin a new "
             "one if need be.";
    case group_chain_refused:
      return "The server showed a change of a group that nobody was allowed to make. It was not taken up.";
    case group_forked:
      return "A message of $ was written for other members than you see in this group. It is not shown: you and $ may "
             "have been shown different groups.";
    case sealed_for_old_membership:
      return "A message of $ was written before the members of the group changed, and delivered after.";
    case group_members_differ:
      return "The server names other members of a group than those whom the group's own history has. Nothing is "
             "encrypted for them, and nothing is sent to the group as long as it does.";
    case member_identity_differs:
      return "The identity of $ is another one than the group knows. Nothing is encrypted to it until an administrator "
             "removes and adds it again.";
    default:
      return "";
  }
}

std::string_view sentence_of(SecurityNoticeKind kind) {
  using enum SecurityNoticeKind;
  switch (kind) {
    case none:
      return "";
    case device_list_unsigned:
      return "The server showed a list of devices that $ did not sign. It was refused, and nothing is encrypted for "
             "it.";
    case device_list_older:
      return "The server showed an outdated list of devices of $. It was refused.";
    case device_list_forked:
      return "The server showed a list of devices of $ that contradicts the one known here. It was refused.";
    case device_list_malformed:
      return "The server showed an impossible list of devices of $. It was refused.";
    case device_unlisted:
      return "The server delivered a message in the name of $ from a device that $ does not vouch for. It was refused.";
    case wrong_account:
      return "The server answered with another account than the one asked for. The answer was refused.";
    case prekey_not_authentic:
      return "The server handed out encryption keys that the device of $ did not sign. Nothing is sent to it with "
             "them.";
    case replayed:
      return "The server delivered a message of $ a second time. The repeat was refused.";
    case reordered:
      return "The server delivered a message of $ after one that was sent later. It was refused.";
    case spliced:
      return "The server delivered a message of $ in a place it was not written for. It was refused.";
    case altered:
      return "A message of $ was altered on the way. It was refused.";
    case messages_missing:
      return "The server held back messages of $ that were sent before this one.";
    case log_truncated:
      return "The server shows less of this conversation than it delivered before: it lost messages or hides them.";
    case log_out_of_order:
      return "The server showed the conversation with gaps or in the wrong order. It is being asked again.";
    case wrong_conversation:
      return "The server showed a conversation that is not what it claims to be. It was refused.";
    case malformed_frame:
      return "The server sent something that is not part of the protocol. The connection is opened anew.";
    default:
      return record_sentence_of(kind);
  }
}

std::string with_name(std::string_view sentence, std::string_view name) {
  std::string text;
  for (const char letter : sentence) {
    if (letter == '$') {
      text += name.empty() ? std::string_view("this account") : name;
    } else {
      text += letter;
    }
  }
  return text;
}

}  // namespace

ClientError error_of(ClientErrorCode code) {
  return {.code = code, .text = std::string(text_of(code)), .retryable = may_succeed_later(code)};
}

ClientError error_of(const wire::Error& error) {
  ClientError result = error_of(code_of(error));
  if (result.code == ClientErrorCode::server_refused && !error.message.empty()) {
    result.text += " It said: " + error.message;
  }
  return result;
}

std::string words_for(SecurityNoticeKind kind, std::string_view name) { return with_name(sentence_of(kind), name); }

std::string words_for(Verification verification, std::string_view name) {
  switch (verification) {
    case Verification::unverified:
      return with_name(
          "The identity of $ has changed. Perhaps the account was made anew; compare safety numbers to be "
          "sure.",
          name);
    case Verification::verified:
      return with_name("The server shows the identity of $ again that you verified.", name);
    case Verification::changed:
      return with_name(
          "The identity of $, whom you verified, has changed. Nothing is sent until you verify again or "
          "withdraw the verification.",
          name);
  }
  return {};
}

std::string_view words_for(UndecryptableCause cause) {
  using enum UndecryptableCause;
  switch (cause) {
    case none:
      return "";
    case no_session:
      return "Waiting for this message: the two devices had lost their common keys, and agreed on new ones.";
    case key_used_up:
      return "Waiting for this message: its key was used before, because the server repeated it or a device was put "
             "back to an older state.";
    case tampered:
      return "This message was altered on the way and was refused.";
    case not_for_this_device:
      return "You don't have access to this message: it was sent before this device was added.";
    case sender_unknown:
      return "This message names a sending device that its account does not vouch for, and was refused.";
    case wrong_place:
      return "This message was written for another place and was refused.";
    case repeated:
      return "The server delivered this message a second time; the repeat was refused.";
    case reordered:
      return "The server delivered this message after a later one of the same sender; it was refused.";
    case unsupported:
      return "This message needs a newer version of this program.";
    case sent_before_restore:
      return "You sent this message from this device before its data were put back to an older state.";
    case removed:
      return "You don't have access to this message: it was removed before this device read it.";
    case sender_key_missing:
      return "Waiting for this message: its sender's device has still to share its key.";
    case unanswered:
      return "You don't have access to this message: the device that sent it did not give its key again.";
    case forked:
      return "You don't have access to this message: its sender saw other members in the group than this device.";
    case history_key_missing:
      return "Waiting for this message: it was written before you came, and who let you in has still to share its key.";
    case not_shared:
      return "You don't have access to this message: it was written before you came, and its key was not shared.";
  }
  return "";
}

ClientError error_of(const session::RecoveryWordsError& error) {
  using Kind = session::RecoveryWordsError::Kind;
  ClientError result = error_of(ClientErrorCode::invalid_recovery_key);
  const std::string position = std::to_string(error.position);
  switch (error.kind) {
    case Kind::wrong_count:
      result.text = "A recovery key has 24 words; these are " + position + ".";
      break;
    case Kind::unknown_word:
      result.text = "Word " + position + " is not a word of a recovery key.";
      if (!error.suggestion.empty()) result.text += " Did you mean \"" + std::string(error.suggestion) + "\"?";
      break;
    case Kind::wrong_checksum:
      result.text = "These words do not belong together: one is another word, or two changed places.";
      break;
    case Kind::damaged_code:
      result.text = "This code of a recovery key is incomplete. Scan or copy it again.";
      break;
  }
  return result;
}

std::string_view words_for_beginning_at_linking() {
  return "This device begins here: earlier messages stay on your other devices.";
}

std::string_view words_for(LinkFailure failure) {
  switch (failure) {
    case LinkFailure::too_late:
      return "The code was not used in time. Begin again for a new one.";
    case LinkFailure::refused:
      return "The server knows this code no longer. Begin again for a new one.";
    case LinkFailure::not_authentic:
      return "Somebody else answered the code, or the answer was changed on the way. Nothing was accepted. Begin "
             "again, "
             "and show the code to your own device only.";
  }
  return "";
}

std::string words_for_devices(const OwnDevicesChanged& event) {
  if (event.added.empty()) return "A device was removed from your account.";
  return event.added.size() == 1
             ? "A device was added to your account. If that was not you, remove it and change your password."
             : "Devices were added to your account. If that was not you, remove them and change your password.";
}

namespace {

std::string name_or_somebody(const KnownAccount& account) { return account.name.empty() ? "somebody" : account.name; }

std::string names_in(const ShownGroupEvent& event) {
  std::string text;
  for (const KnownAccount& account : event.accounts) text += (text.empty() ? "" : ", ") + name_or_somebody(account);
  return event.more == 0 ? text : text + " and " + std::to_string(event.more) + " more";
}

std::string_view words_for_role(wire::Role role) {
  switch (role) {
    case wire::Role::owner:
      return "the owner";
    case wire::Role::admin:
      return "an administrator";
    case wire::Role::member:
      return "a member";
    case wire::Role::read_only:
      return "a reader";
  }
  return {};
}

std::string words_for_policies(const wire::GroupPolicies& policies) {
  std::string text = policies.members_add ? "members may add others, " : "administrators add members, ";
  text += policies.shares_history ? "new members see the history" : "new members see nothing from before";
  return text + (policies.expires_after_ms != 0 ? ", messages disappear." : ".");
}

}  // namespace

std::string words_for(const ShownGroupEvent& event) {
  const std::string actor = name_or_somebody(event.actor);
  switch (event.change) {
    case GroupChange::created:
      return actor + " created the group.";
    case GroupChange::members_added:
      return actor + " added " + names_in(event) + ".";
    case GroupChange::members_removed:
      return actor + " removed " + names_in(event) + ".";
    case GroupChange::left:
      return actor + " left.";
    case GroupChange::role_changed:
      return actor + " made " + names_in(event) + " " +
             std::string(words_for_role(event.role.value_or(wire::Role::member))) + ".";
    case GroupChange::profile_changed:
      return actor + " changed how the group is called.";
    case GroupChange::policies_changed:
      return actor + " changed what holds here: " + words_for_policies(event.policies.value_or(wire::GroupPolicies{}));
    case GroupChange::invitation_created:
      return actor + " made an invitation.";
    case GroupChange::invitation_revoked:
      return actor + " revoked an invitation.";
    case GroupChange::joined:
      return actor + " joined by invitation.";
    case GroupChange::closed:
      return actor + " closed the group.";
  }
  return {};
}

}  // namespace sotto::client
