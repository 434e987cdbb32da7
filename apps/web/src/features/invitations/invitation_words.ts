import { formatDateTime } from "../../design/format";
import { useLanguage, useText } from "../../design/text";
import type { ShownInvitation } from "./invitation_form";
import { invitationsText } from "./invitations_text";

/** What an invitation is good for, in one line. */
export function useInvitationWords(invitation: ShownInvitation): string {
  const t = useText(invitationsText);
  const language = useLanguage();
  const { expires_at, uses, max_uses, needs_approval, role, expired } = invitation;
  const end = expires_at === 0 ? t.noEnd : t.until(formatDateTime(language, expires_at));
  const parts = [
    t.used(uses, max_uses),
    expired ? t.expired : end,
    ...(needs_approval ? [t.withApproval] : []),
    ...(role === "read_only" ? [t.asReader] : []),
  ];
  return parts.join(" · ");
}
