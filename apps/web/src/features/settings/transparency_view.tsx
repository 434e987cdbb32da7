import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { CopyField } from "../../design/copy_field";
import { formatDateTime, formatNumber } from "../../design/format";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { TextArea } from "../../design/text_field";
import { explainError } from "../../engine/explain_error";
import styles from "./settings.module.css";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

export type EntryStanding = "known" | "not_seen" | "earlier_identity" | "unexpected";
export type ViewComparison = "consistent" | "split_view" | "other_log" | "not_authentic";

export interface TransparencySnapshot {
  readonly status: {
    readonly origin: string;
    readonly size: number;
    /** The newest checkpoint, to give to others; "" before the first proof. */
    readonly note: string;
    readonly proven: number;
    readonly waiting: number;
  } | null;
  readonly audit: {
    readonly sound: boolean;
    readonly entries: readonly {
      readonly version: number;
      readonly at: number;
      readonly standing: EntryStanding;
    }[];
  } | null;
  readonly comparison: ViewComparison | null;
  readonly busyWith: "audit" | "compare" | null;
  readonly error: unknown;
}

export interface TransparencyActions {
  read(): Promise<void>;
  audit(): Promise<void>;
  compare(note: string): Promise<void>;
}

export interface TransparencyViewProps {
  readonly snapshot: TransparencySnapshot;
  readonly actions: TransparencyActions;
}

function Audit({ snapshot, actions }: TransparencyViewProps) {
  const t = useText(settingsText).about;
  const language = useLanguage();
  const { audit } = snapshot;
  return (
    <div className={`${css("inset")} ${css("stack")}`}>
      <div>
        <Button icon="shield_check" isPending={snapshot.busyWith === "audit"} onPress={() => void actions.audit()}>
          {t.audit}
        </Button>
      </div>
      {audit && (
        <>
          <Banner tone={audit.sound ? "success" : "danger"} isLive>
            {audit.sound ? t.auditSound(audit.entries.length) : t.auditUnsound}
          </Banner>
          <ul className={css("entries")}>
            {audit.entries.map((entry) => (
              <li key={`${entry.version} ${entry.at}`}>
                <span>
                  {t.entry(entry.version)}, {formatDateTime(language, entry.at)}
                </span>
                <span className={css(entry.standing === "unexpected" && "bad")}>{t.standings[entry.standing]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Compare({ snapshot, actions }: TransparencyViewProps) {
  const t = useText(settingsText).about;
  const [note, setNote] = useState("");
  const tones = {
    consistent: "success",
    split_view: "danger",
    other_log: "warning",
    not_authentic: "warning",
  } as const;
  return (
    <form
      className={`${css("inset")} ${css("stack")}`}
      onSubmit={(event) => {
        event.preventDefault();
        void actions.compare(note);
      }}
    >
      <TextArea label={t.compareLabel} value={note} onChange={setNote} rows={4} autoComplete="off" />
      <div className={css("buttons")}>
        <Button type="submit" isDisabled={note.trim() === ""} isPending={snapshot.busyWith === "compare"}>
          {t.compareAction}
        </Button>
      </div>
      {snapshot.comparison && (
        <Banner tone={tones[snapshot.comparison]} isLive>
          {t.comparisons[snapshot.comparison]}
        </Banner>
      )}
    </form>
  );
}

/** The server's public log of device lists, as this device knows it. */
export function TransparencyView({ snapshot, actions }: TransparencyViewProps) {
  const t = useText(settingsText).about;
  const language = useLanguage();
  const { status } = snapshot;
  const hasProof = status !== null && status.note !== "";
  return (
    <>
      <SettingsSection title={t.transparency} text={t.transparencyText}>
        {!hasProof && <SettingsRow label={t.noProof} />}
        {hasProof && <SettingsRow label={t.log} control={status.origin} />}
        {hasProof && <SettingsRow label={t.entries} control={formatNumber(language, status.size)} />}
        {hasProof && <SettingsRow label={t.proven} control={formatNumber(language, status.proven)} />}
        {hasProof && status.waiting > 0 && (
          <SettingsRow label={t.waiting} control={formatNumber(language, status.waiting)} />
        )}
        <Audit snapshot={snapshot} actions={actions} />
      </SettingsSection>
      {snapshot.error !== null && (
        <Banner tone="danger" isLive>
          {explainError(snapshot.error, language)}
        </Banner>
      )}
      {hasProof && (
        <SettingsSection title={t.compare} text={t.checkpointHint}>
          <div className={css("inset")}>
            <CopyField label={t.checkpoint} value={status.note} isWhole />
          </div>
          <Compare snapshot={snapshot} actions={actions} />
        </SettingsSection>
      )}
    </>
  );
}
