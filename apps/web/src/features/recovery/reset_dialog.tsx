import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { Icon } from "../../design/icon";
import { useLanguage, useText } from "../../design/text";
import { PasswordField, TextField } from "../../design/text_field";
import { explainError } from "../../engine/explain_error";
import styles from "./recovery.module.css";
import { recoveryText } from "./recovery_text";
import type { RestoreActions, RestoreSnapshot } from "./restore_view";

const css = classesOf(styles);
const costs = ["messages", "backup", "contacts"] as const;

export interface ResetDialogProps {
  readonly snapshot: RestoreSnapshot;
  readonly actions: RestoreActions;
  readonly onClose: () => void;
}

/** The last way out. It states what is lost, and wants the account's name typed once more. */
export function ResetDialog({ snapshot, actions, onClose }: ResetDialogProps) {
  const t = useText(recoveryText);
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const name = snapshot.name.trim().toLowerCase();
  const isSure = name !== "" && typed.trim().toLowerCase() === name && snapshot.password !== "";
  return (
    <Dialog
      title={t.resetTitle}
      isOpen
      onClose={onClose}
      isBlocking={snapshot.isBusy}
      actions={
        <>
          <Button onPress={onClose} isDisabled={snapshot.isBusy}>
            {t.cancel}
          </Button>
          <Button
            variant="danger"
            isPending={snapshot.isBusy}
            isDisabled={!isSure}
            onPress={() => void actions.reset()}
          >
            {t.resetConfirm}
          </Button>
        </>
      }
    >
      <p>{t.resetLead}</p>
      <ul className={css("costs")}>
        {costs.map((cost) => (
          <li key={cost}>
            <Icon name="close" size={18} />
            {t.resetCosts[cost]}
          </li>
        ))}
      </ul>
      <div className={css("form")}>
        <TextField
          label={t.name}
          value={snapshot.name}
          onChange={(value) => actions.change({ name: value })}
          autoComplete="username"
          isVerbatim
        />
        <PasswordField
          label={t.password}
          value={snapshot.password}
          onChange={(password) => actions.change({ password })}
          autoComplete="current-password"
        />
        {name !== "" && (
          <TextField label={t.resetType(name)} value={typed} onChange={setTyped} autoComplete="off" isVerbatim />
        )}
        {snapshot.error !== null && (
          <Banner tone="danger" isLive>
            {explainError(snapshot.error, language)}
          </Banner>
        )}
      </div>
    </Dialog>
  );
}
