import { useState } from "react";
import { Button } from "../../design/button";
import { Switch } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Spinner } from "../../design/progress";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { FailureBanner } from "../../engine/failure_banner";
import styles from "./settings.module.css";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

export type Audience = "companions" | "nobody";
export type PrivacyOf = "presence" | "read_receipts" | "typing";

export interface PrivacySnapshot {
  /** Null until it was read. */
  readonly privacy: Readonly<Record<PrivacyOf, Audience>> | null;
  readonly blocked: readonly { readonly account: string; readonly name: string }[] | null;
  /** Who is being blocked or unblocked. */
  readonly busyWith: string | null;
  readonly error: unknown;
}

export interface PrivacyActions {
  read(): Promise<void>;
  set(what: PrivacyOf, audience: Audience): Promise<void>;
  /** Whether it was done. */
  block(name: string, blocked: boolean): Promise<boolean>;
}

export interface PrivacyViewProps {
  readonly snapshot: PrivacySnapshot;
  readonly actions: PrivacyActions;
}

function Shown({ snapshot, actions }: PrivacyViewProps) {
  const t = useText(settingsText).privacy;
  const { privacy } = snapshot;
  if (privacy === null) return null;
  const rows = [
    ["presence", t.presence, t.presenceHint],
    ["read_receipts", t.receipts, t.receiptsHint],
    ["typing", t.typing, t.typingHint],
  ] as const;
  return (
    <SettingsSection title={t.shown} text={t.shownText}>
      {rows.map(([what, label, hint]) => (
        <div key={what} className={css("inset")}>
          <Switch
            description={hint}
            isSelected={privacy[what] === "companions"}
            onChange={(isShown) => void actions.set(what, isShown ? "companions" : "nobody")}
          >
            {label}
          </Switch>
        </div>
      ))}
    </SettingsSection>
  );
}

function Blocked({ snapshot, actions }: PrivacyViewProps) {
  const t = useText(settingsText).privacy;
  const [name, setName] = useState("");
  if (snapshot.blocked === null) return null;
  return (
    <SettingsSection title={t.blocked} text={t.blockedText}>
      {snapshot.blocked.length === 0 && <SettingsRow label={t.nobodyBlocked} />}
      {snapshot.blocked.map((one) => (
        <SettingsRow
          key={one.account}
          icon="block"
          label={one.name || t.unknownName}
          control={
            one.name !== "" && (
              <Button
                size="s"
                aria-label={t.unblockLabel(one.name)}
                isPending={snapshot.busyWith === one.name}
                onPress={() => void actions.block(one.name, false)}
              >
                {t.unblock}
              </Button>
            )
          }
        />
      ))}
      <form
        className={`${css("form")} ${css("inset")}`}
        onSubmit={async (event) => {
          event.preventDefault();
          if (await actions.block(name.trim().toLowerCase(), true)) setName("");
        }}
      >
        <TextField label={t.blockName} value={name} onChange={setName} isVerbatim autoComplete="off" />
        <Button
          type="submit"
          isDisabled={name.trim() === ""}
          isPending={snapshot.busyWith === name.trim().toLowerCase()}
        >
          {t.blockConfirm}
        </Button>
      </form>
    </SettingsSection>
  );
}

/** What others are shown, and who is blocked. */
export function PrivacyView({ snapshot, actions }: PrivacyViewProps) {
  const t = useText(settingsText);
  return (
    <>
      {snapshot.error !== null && <FailureBanner error={snapshot.error} onRetry={() => void actions.read()} />}
      {snapshot.privacy === null && snapshot.error === null && <Spinner label={t.loading} />}
      <Shown snapshot={snapshot} actions={actions} />
      <Blocked snapshot={snapshot} actions={actions} />
    </>
  );
}
