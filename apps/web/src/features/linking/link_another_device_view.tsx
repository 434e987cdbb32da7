import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Icon } from "../../design/icon";
import { QrScanner } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { CodeField, TextField } from "../../design/text_field";
import { explainError } from "../../engine/explain_error";
import styles from "./linking.module.css";
import { linkingText } from "./linking_text";

const css = classesOf(styles);

export interface LinkAnotherDeviceSnapshot {
  readonly phase: "take_code" | "compare" | "added" | "refused" | "failed";
  /** The digits typed so far. */
  readonly typed: string;
  readonly isBusy: boolean;
  /** Six digits were typed and are not those of this linking. */
  readonly differs: boolean;
  /** A failed command, "not_a_code", or null. */
  readonly error: unknown;
}

export interface LinkAnotherDeviceActions {
  takeCode(text: string): Promise<void>;
  /** Confirms by itself once the six digits agree. */
  typeDigits(text: string): Promise<void>;
  refuse(): Promise<void>;
  startAgain(): void;
}

export interface LinkAnotherDeviceViewProps {
  readonly snapshot: LinkAnotherDeviceSnapshot;
  readonly actions: LinkAnotherDeviceActions;
}

function Problem({ error }: { readonly error: unknown }) {
  const t = useText(linkingText);
  const language = useLanguage();
  if (error === null) return null;
  return (
    <Banner tone="danger" isLive>
      {error === "not_a_code" ? t.notACode : explainError(error, language)}
    </Banner>
  );
}

function TakeCode({ snapshot, actions }: LinkAnotherDeviceViewProps) {
  const t = useText(linkingText);
  const [isScanning, setScanning] = useState(false);
  const [code, setCode] = useState("");
  return (
    <>
      <ul className={css("facts")}>
        <li>
          <Icon name="link" size={18} /> {t.addLead}
        </li>
        <li>
          <Icon name="unlink" size={18} /> {t.addUnlink}
        </li>
        <li>
          <Icon name="shield_warning" size={18} /> {t.addPhishing}
        </li>
      </ul>
      <p className={css("lead")}>{t.scanHint}</p>
      {isScanning && (
        <div className={css("scanner")}>
          <QrScanner isPaused={snapshot.isBusy} onResult={(content) => void actions.takeCode(content)} />
        </div>
      )}
      <Button icon="camera" variant={isScanning ? "secondary" : "primary"} onPress={() => setScanning(!isScanning)}>
        {isScanning ? t.stopScan : t.scan}
      </Button>
      <form
        className={css("stack")}
        onSubmit={(event) => {
          event.preventDefault();
          void actions.takeCode(code);
        }}
      >
        <TextField
          label={t.paste}
          description={t.pasteHint}
          value={code}
          onChange={setCode}
          autoComplete="off"
          isVerbatim
        />
        <Problem error={snapshot.error} />
        <div className={css("buttons")}>
          <Button type="submit" isPending={snapshot.isBusy} isDisabled={code.trim() === ""}>
            {t.goOnWithCode}
          </Button>
        </div>
      </form>
    </>
  );
}

function Compare({ snapshot, actions }: LinkAnotherDeviceViewProps) {
  const t = useText(linkingText);
  return (
    <>
      <p className={css("lead")}>{t.compareHint}</p>
      <CodeField
        label={t.digitsField}
        value={snapshot.typed}
        onChange={(text) => void actions.typeDigits(text)}
        inputMode="numeric"
        autoFocus
        isReadOnly={snapshot.isBusy}
        errorMessage={snapshot.differs ? t.differs : undefined}
      />
      <Problem error={snapshot.error} />
      <div className={css("buttons")}>
        <Button variant={snapshot.differs ? "danger" : "secondary"} onPress={() => void actions.refuse()}>
          {t.refuse}
        </Button>
      </div>
    </>
  );
}

function Ended({ snapshot }: { readonly snapshot: LinkAnotherDeviceSnapshot }) {
  const t = useText(linkingText);
  if (snapshot.phase === "added") {
    return (
      <Banner tone="success" isLive title={t.addedTitle}>
        {t.addedText}
      </Banner>
    );
  }
  return (
    <>
      <Banner tone="warning" isLive title={snapshot.phase === "refused" ? t.refusedTitle : t.addFailedTitle}>
        {snapshot.phase === "refused" ? t.refusedText : t.addFailedText}
      </Banner>
      <Problem error={snapshot.error} />
    </>
  );
}

/** Takes a new device in. */
export function LinkAnotherDeviceView({ snapshot, actions }: LinkAnotherDeviceViewProps) {
  return (
    <div className={css("stack")}>
      {snapshot.phase === "take_code" && <TakeCode snapshot={snapshot} actions={actions} />}
      {snapshot.phase === "compare" && <Compare snapshot={snapshot} actions={actions} />}
      {(snapshot.phase === "added" || snapshot.phase === "refused" || snapshot.phase === "failed") && (
        <Ended snapshot={snapshot} />
      )}
    </div>
  );
}
