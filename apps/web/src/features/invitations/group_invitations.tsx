import { useCallback, useEffect, useState } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { ConfirmDialog } from "../../design/dialog";
import { Icon } from "../../design/icon";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import { CreateInvitationDialog, InvitationDialog } from "./invitation_dialogs";
import { mostInvitations, type ShownInvitation, stateOf } from "./invitation_form";
import { useInvitationWords } from "./invitation_words";
import styles from "./invitations.module.css";
import { invitationsText } from "./invitations_text";

const css = classesOf(styles);

/** The open invitations of a group, read again whenever one is made, used or revoked. */
function useInvitations(conversation: string) {
  const client = useClient();
  const [invitations, setInvitations] = useState<readonly ShownInvitation[]>([]);
  const read = useCallback(async () => {
    try {
      const server = window.location.origin;
      setInvitations((await client.ask("list_invitations", { conversation, server })).invitations);
    } catch {
      // Not readable now; the next change reads them again.
    }
  }, [client, conversation]);
  useEffect(() => {
    void read();
    return client.listen((event) => {
      if (event.name !== "message_received" && event.name !== "message_state_changed") return;
      const { message } = event.body;
      if (message.conversation === conversation && message.kind === "group_event") void read();
    });
  }, [client, conversation, read]);
  return { invitations, read };
}

/** The invitations of a group: what is open, a new one, its link and code, and making one void. */
export function GroupInvitations({ conversation }: { readonly conversation: string }) {
  const t = useText(invitationsText);
  const language = useLanguage();
  const client = useClient();
  const toast = useToast();
  const { invitations, read } = useInvitations(conversation);
  const [isCreating, setCreating] = useState(false);
  const [shown, setShown] = useState<ShownInvitation | null>(null);
  const [revoking, setRevoking] = useState<ShownInvitation | null>(null);
  const revoke = async ({ invitation }: ShownInvitation) => {
    try {
      await client.ask("revoke_invitation", { conversation, invitation });
      toast({ text: t.revoked, tone: "success" });
    } catch (error) {
      toast({ text: explainError(error, language), tone: "danger" });
    }
    setRevoking(null);
    await read();
  };
  const isFull = invitations.length >= mostInvitations;
  return (
    <section className={css("section")} aria-labelledby="invitations-title">
      <div className={css("section_head")}>
        <h2 id="invitations-title">{t.title}</h2>
        <Button size="s" icon="link" isDisabled={isFull} onPress={() => setCreating(true)}>
          {t.create}
        </Button>
      </div>
      <p className={css("hint")}>{isFull ? t.full : invitations.length === 0 ? t.none : t.hint}</p>
      {invitations.length > 0 && (
        <ul className={css("entries")} aria-labelledby="invitations-title">
          {invitations.map((invitation) => (
            <InvitationEntry
              key={invitation.invitation}
              invitation={invitation}
              onShow={() => setShown(invitation)}
              onRevoke={() => setRevoking(invitation)}
            />
          ))}
        </ul>
      )}
      {isCreating && (
        <CreateInvitationDialog
          conversation={conversation}
          onClose={() => setCreating(false)}
          onCreated={(invitation) => {
            setCreating(false);
            setShown(invitation);
            void read();
          }}
        />
      )}
      {shown && <InvitationDialog invitation={shown} onClose={() => setShown(null)} />}
      {revoking && (
        <ConfirmDialog
          title={t.revokeTitle}
          body={t.revokeBody}
          confirmLabel={t.revoke}
          isDanger
          onConfirm={() => revoke(revoking)}
          onCancel={() => setRevoking(null)}
        />
      )}
    </section>
  );
}

interface EntryProps {
  readonly invitation: ShownInvitation;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
}

function InvitationEntry({ invitation, onShow, onRevoke }: EntryProps) {
  const t = useText(invitationsText);
  const state = stateOf(invitation);
  return (
    <li className={css("entry")}>
      <Icon name="link" />
      <span className={css("words")}>
        <span>{useInvitationWords(invitation)}</span>
        {state === "elsewhere" && <span className={css("hint")}>{t.madeElsewhere}</span>}
        <span className={css("buttons")}>
          {state === "open" && (
            <Button size="s" icon="qr" onPress={onShow}>
              {t.show}
            </Button>
          )}
          <Button size="s" variant="quiet" onPress={onRevoke}>
            {t.revoke}
          </Button>
        </span>
      </span>
    </li>
  );
}
