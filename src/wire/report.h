#pragma once

#include "base/ids.h"
#include "wire/directory.h"

namespace sotto::wire {

// What members tell those who run the server of a conversation. Nothing of its content: that is theirs alone.

enum class ReportReason : std::uint8_t { other, spam, harassment, violence, impersonation, illegal };

constexpr auto describe(std::type_identity<ReportReason>) {
  using enum ReportReason;
  using Value = EnumValue<ReportReason>;
  return enumeration("ReportReason", "Why a conversation is reported.", Value{other, "other", "None of the others."},
                     Value{spam, "spam", "Unwanted advertising or fraud."},
                     Value{harassment, "harassment", "Insults, threats or stalking."},
                     Value{violence, "violence", "Violence, or a call for it."},
                     Value{impersonation, "impersonation", "Somebody pretends to be another person."},
                     Value{illegal, "illegal", "Something else against the law."});
}

/// A later report of the same conversation by the same account replaces the earlier one.
struct ReportConversation {
  ConversationId conversation;
  ReportReason reason = ReportReason::other;

  static constexpr auto describe() {
    return message("ReportConversation", "Tells those who run the server that a conversation breaks its rules.",
                   field(1, "conversation", &ReportConversation::conversation, "Which; the caller is or was a member."),
                   field(2, "reason", &ReportConversation::reason, "Why."));
  }
};

}  // namespace sotto::wire
