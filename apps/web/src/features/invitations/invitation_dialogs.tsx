import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { Radio, RadioGroup, Select, SelectItem, Switch } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { CopyField } from "../../design/copy_field";
import { Dialog } from "../../design/dialog";
import { formatDuration, formatNumber } from "../../design/format";
import { QrCode } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import { commandOf, expiries, firstForm, type InvitationForm, type ShownInvitation, uses } from "./invitation_form";
import { addressOf } from "./invitation_link";
import { useInvitationWords } from "./invitation_words";
import styles from "./invitations.module.css";
import { invitationsText } from "./invitations_text";

const css = classesOf(styles);

interface CreateInvitationDialogProps {
  readonly conversation: string;
  readonly onClose: () => void;
  readonly onCreated: (invitation: ShownInvitation) => void;
}

/** Asks for how long, for how many and as what, and makes the link. */
export function CreateInvitationDialog({ conversation, onClose, onCreated }: CreateInvitationDialogProps) {
  const t = useText(invitationsText);
  const language = useLanguage();
  const client = useClient();
  const [form, setForm] = useState<InvitationForm>(firstForm);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState("");
  const create = async () => {
    setPending(true);
    setFailure("");
    try {
      const command = commandOf(form, conversation, window.location.origin);
      onCreated((await client.ask("create_invitation", command)).invitation);
    } catch (error) {
      setFailure(explainError(error, language));
      setPending(false);
    }
  };
  return (
    <Dialog
      title={t.createTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void create()}>
            {t.createConfirm}
          </Button>
        </>
      }
    >
      <FormFields form={form} onChange={setForm} />
      {failure !== "" && (
        <Banner tone="danger" isLive>
          {failure}
        </Banner>
      )}
    </Dialog>
  );
}

interface FormFieldsProps {
  readonly form: InvitationForm;
  readonly onChange: (form: InvitationForm) => void;
}

function FormFields({ form, onChange }: FormFieldsProps) {
  const t = useText(invitationsText);
  const language = useLanguage();
  const change = (changes: Partial<InvitationForm>) => onChange({ ...form, ...changes });
  return (
    <div className={css("fields")}>
      <Select
        label={t.expiry}
        value={String(form.expiresAfterMs)}
        onChange={(ms) => change({ expiresAfterMs: Number(ms) })}
      >
        {expiries.map((ms) => (
          <SelectItem key={ms} id={String(ms)}>
            {ms === 0 ? t.forEver : formatDuration(language, ms)}
          </SelectItem>
        ))}
      </Select>
      <Switch
        description={t.approvalHint}
        isSelected={form.needsApproval}
        onChange={(needsApproval) => change({ needsApproval })}
      >
        {t.approval}
      </Switch>
      <Select
        label={t.uses}
        description={form.needsApproval ? t.usesApproval : undefined}
        isDisabled={form.needsApproval}
        value={String(form.needsApproval ? 0 : form.maxUses)}
        onChange={(count) => change({ maxUses: Number(count) })}
      >
        {uses.map((count) => (
          <SelectItem key={count} id={String(count)}>
            {count === 0 ? t.anyNumber : formatNumber(language, count)}
          </SelectItem>
        ))}
      </Select>
      <RadioGroup
        label={t.role}
        value={form.role}
        onChange={(role) => change({ role: role === "read_only" ? "read_only" : "member" })}
      >
        <Radio value="member" description={t.memberHint}>
          {t.member}
        </Radio>
        <Radio value="read_only" description={t.readOnlyHint}>
          {t.readOnly}
        </Radio>
      </RadioGroup>
    </div>
  );
}

interface InvitationDialogProps {
  readonly invitation: ShownInvitation;
  readonly onClose: () => void;
}

/** The link of an invitation, to copy, to share and to scan. */
export function InvitationDialog({ invitation, onClose }: InvitationDialogProps) {
  const t = useText(invitationsText);
  const address = addressOf(invitation.link, window.location.origin);
  const canShare = typeof navigator.share === "function";
  return (
    <Dialog
      title={t.readyTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          {canShare && (
            <Button icon="external" onPress={() => void navigator.share({ url: address }).catch(() => undefined)}>
              {t.share}
            </Button>
          )}
          <Button variant="primary" onPress={onClose}>
            {t.done}
          </Button>
        </>
      }
    >
      <div className={css("ready")}>
        <p>{t.readyText}</p>
        <div className={css("qr")}>
          <QrCode content={address} label={t.qrLabel} />
        </div>
        <CopyField value={address} label={t.link} />
        <p className={css("hint")}>{useInvitationWords(invitation)}</p>
      </div>
    </Dialog>
  );
}
