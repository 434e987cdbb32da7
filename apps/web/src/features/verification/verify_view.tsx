import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { ConfirmDialog } from "../../design/dialog";
import { Icon, type IconName } from "../../design/icon";
import { Spinner } from "../../design/progress";
import { QrCode, QrScanner } from "../../design/qr_code";
import { octetsOfText, textOfOctets } from "../../design/qr_octets";
import { useText } from "../../design/text";
import { errorCode } from "../../engine/explain_error";
import { FailureBanner } from "../../engine/failure_banner";
import { fromBase64 } from "../recovery/octets";
import { digitGroups, type SafetyCodeResult } from "./safety_code";
import styles from "./verification.module.css";
import { verificationText } from "./verification_text";

const css = classesOf(styles);

export type Verification = "unverified" | "verified" | "changed";

export interface SafetyNumberShown {
  readonly digits: string;
  /** The code's octets in base64. */
  readonly qr: string;
  readonly verification: Verification;
}

export interface VerifySnapshot {
  readonly name: string;
  readonly number: SafetyNumberShown | null;
  /** What the last scan came to. */
  readonly scan: SafetyCodeResult | null;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface VerifyActions {
  read(): Promise<void>;
  takeScan(octets: Uint8Array): Promise<void>;
  forgetScan(): void;
  confirmDigits(): Promise<void>;
  withdraw(): Promise<void>;
}

export interface VerifyViewProps {
  readonly snapshot: VerifySnapshot;
  readonly actions: VerifyActions;
}

const stateIcons: Readonly<Record<Verification, IconName>> = {
  unverified: "shield",
  verified: "shield_check",
  changed: "shield_warning",
};

function State({ name, state }: { readonly name: string; readonly state: Verification }) {
  const t = useText(verificationText);
  return (
    <div className={css("state")} role="status">
      <span className={css("state_icon", state)}>
        <Icon name={stateIcons[state]} size={26} />
      </span>
      <span className={css("state_name")}>{t.states[state]}</span>
      <span className={css("text")}>{t.stateText[state](name)}</span>
    </div>
  );
}

function ScanResult({ snapshot, actions }: VerifyViewProps) {
  const t = useText(verificationText);
  const { scan, name } = snapshot;
  if (scan === null) return null;
  const tone = scan === "same" ? "success" : scan === "keys_differ" ? "danger" : "warning";
  const again = (
    <Button size="s" onPress={actions.forgetScan}>
      {t.tryAgain}
    </Button>
  );
  return (
    <Banner tone={tone} isLive action={scan === "same" ? null : again}>
      {t.scanResults[scan](name)}
    </Banner>
  );
}

function ByCode({ snapshot, actions, number }: VerifyViewProps & { readonly number: SafetyNumberShown }) {
  const t = useText(verificationText);
  const [isScanning, setScanning] = useState(false);
  const { name, scan, isBusy } = snapshot;
  const takeScan = (text: string) => void actions.takeScan(octetsOfText(text));
  return (
    <section className={css("section")} aria-label={t.byCode}>
      <h2>{t.byCode}</h2>
      <ScanResult snapshot={snapshot} actions={actions} />
      <div className={css("ways")}>
        <div className={css("way")}>
          <span className={css("way_title")}>{t.ownCode(name)}</span>
          <QrCode content={textOfOctets(fromBase64(number.qr))} form="octets" label={t.ownCodeLabel(name)} />
        </div>
        <div className={css("way")}>
          <span className={css("way_title")}>{t.scan(name)}</span>
          {isScanning && scan === null ? (
            <QrScanner form="octets" words={t.camera} isPaused={isBusy} onResult={takeScan} />
          ) : (
            <p className={css("hint")}>{t.scanHint(name)}</p>
          )}
          <Button
            icon="camera"
            variant={isScanning ? "secondary" : "primary"}
            onPress={() => {
              actions.forgetScan();
              setScanning(!isScanning);
            }}
          >
            {isScanning ? t.stopScan : t.scanShort}
          </Button>
        </div>
      </div>
    </section>
  );
}

function ByDigits({ snapshot, actions, number }: VerifyViewProps & { readonly number: SafetyNumberShown }) {
  const t = useText(verificationText);
  const [differs, setDiffers] = useState(false);
  const { name } = snapshot;
  return (
    <section className={css("section")} aria-label={t.byDigits}>
      <h2>{t.digitsTitle}</h2>
      <p className={css("text")}>{t.digitsHint(name)}</p>
      <ol className={css("digits")} aria-label={t.digitsLabel} translate="no">
        {digitGroups(number.digits).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat, and their order is what they are
          <li key={index}>{group}</li>
        ))}
      </ol>
      {differs && (
        <Banner tone="danger" isLive title={t.differTitle}>
          {t.differText(name)}
        </Banner>
      )}
      {number.verification !== "verified" && (
        <div className={css("buttons")}>
          <Button onPress={() => setDiffers(true)}>{t.differ}</Button>
          <Button
            variant="primary"
            icon="check"
            isPending={snapshot.isBusy}
            onPress={() => {
              setDiffers(false);
              void actions.confirmDigits();
            }}
          >
            {t.same}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Taking a verification back; of a changed identity this is what lets sending go on. */
function Withdraw({ snapshot, actions, number }: VerifyViewProps & { readonly number: SafetyNumberShown }) {
  const t = useText(verificationText);
  const [isAsking, setAsking] = useState(false);
  const { name } = snapshot;
  if (number.verification === "unverified") return null;
  const isChanged = number.verification === "changed";
  return (
    <div className={css("buttons")}>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {isChanged ? t.writeUnverified : t.withdraw}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={isChanged ? t.writeUnverifiedTitle(name) : t.withdrawTitle}
          body={isChanged ? t.writeUnverifiedBody(name) : t.withdrawBody(name)}
          confirmLabel={isChanged ? t.writeUnverified : t.withdrawConfirm}
          isDanger
          onConfirm={async () => {
            await actions.withdraw();
            setAsking(false);
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function Problem({ snapshot, actions }: VerifyViewProps) {
  const t = useText(verificationText);
  if (snapshot.error === null) return null;
  return (
    <FailureBanner
      error={snapshot.error}
      words={errorCode(snapshot.error) === "own_account" ? t.yourself : undefined}
      onRetry={() => void actions.read()}
    />
  );
}

interface ComparingProps extends VerifyViewProps {
  readonly number: SafetyNumberShown;
}

/** The code and the number; behind a line once they were compared. */
function Comparing(props: ComparingProps) {
  const t = useText(verificationText);
  const ways = (
    <div className={css("stack")}>
      <ByCode {...props} />
      <ByDigits {...props} />
    </div>
  );
  if (props.number.verification !== "verified") return ways;
  return (
    <details className={css("again")}>
      <summary>{t.showAgain}</summary>
      {ways}
    </details>
  );
}

/** Why and how to verify a person, and how it stands. */
export function VerifyView({ snapshot, actions }: VerifyViewProps) {
  const t = useText(verificationText);
  const { number, name, scan } = snapshot;
  const part = { snapshot, actions };
  const isVerified = number?.verification === "verified";
  return (
    <div className={css("stack")}>
      {number && <State name={name} state={number.verification} />}
      {isVerified && scan === "same" && <ScanResult {...part} />}
      <Problem {...part} />
      {number === null && snapshot.isBusy && <Spinner label={t.title(name)} />}
      {number && !isVerified && (
        <p className={css("text")}>
          {t.why(name)} {t.how}
        </p>
      )}
      {number && <Comparing {...part} number={number} />}
      {number && <Withdraw {...part} number={number} />}
    </div>
  );
}
