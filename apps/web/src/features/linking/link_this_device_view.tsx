import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { CopyField } from "../../design/copy_field";
import { Spinner } from "../../design/progress";
import { QrCode } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { explainError } from "../../engine/explain_error";
import { OnboardingPage } from "../onboarding/onboarding_page";
import styles from "./linking.module.css";
import { linkingText } from "./linking_text";

const css = classesOf(styles);

export interface LinkThisDeviceSnapshot {
  readonly phase: "preparing" | "code" | "compare" | "joined" | "expired" | "failed";
  readonly code: string;
  readonly digits: string;
  readonly error: unknown;
}

export interface LinkThisDeviceActions {
  /** Makes a new code in place of one that is over. */
  renew(): Promise<void>;
}

export interface LinkThisDeviceViewProps {
  readonly snapshot: LinkThisDeviceSnapshot;
  readonly actions: LinkThisDeviceActions;
  readonly onDone: () => void;
}

function Code({ snapshot }: { readonly snapshot: LinkThisDeviceSnapshot }) {
  const t = useText(linkingText);
  return (
    <div className={css("stack")}>
      <ol className={css("steps")}>
        <li>{t.stepOpen}</li>
        <li>{t.stepScan}</li>
        <li>{t.stepDigits}</li>
      </ol>
      {snapshot.phase === "preparing" ? (
        <p className={css("wait")} role="status">
          <Spinner /> {t.preparing}
        </p>
      ) : (
        <>
          <div className={css("code")}>
            <QrCode content={snapshot.code} label={t.qrLabel} />
          </div>
          <CopyField label={t.codeLabel} value={snapshot.code} />
          <p className={css("hint")}>{t.onlyYours}</p>
        </>
      )}
    </div>
  );
}

/** The six digits, in two groups of three, read out one by one. */
function Digits({ digits }: { readonly digits: string }) {
  const t = useText(linkingText);
  return (
    <div className={css("stack")}>
      <p className={css("digits")} role="img" aria-label={t.digitsLabel(digits.split("").join(" "))}>
        <span>{digits.slice(0, 3)}</span>
        <span>{digits.slice(3)}</span>
      </p>
      <p className={css("lead")}>{t.digitsHint}</p>
      <p className={css("wait")} role="status">
        <Spinner /> {t.waiting}
      </p>
    </div>
  );
}

function Ended({ snapshot, actions }: Omit<LinkThisDeviceViewProps, "onDone">) {
  const t = useText(linkingText);
  const language = useLanguage();
  const failure = snapshot.error === null ? t.failedText : explainError(snapshot.error, language);
  return (
    <div className={css("stack")}>
      <Banner tone={snapshot.phase === "expired" ? "info" : "warning"} isLive>
        {snapshot.phase === "expired" ? t.expiredText : failure}
      </Banner>
      <Button variant="primary" isWide onPress={() => void actions.renew()} autoFocus>
        {t.newCode}
      </Button>
    </div>
  );
}

/** The code that another device of the account takes, then the digits to compare. */
export function LinkThisDeviceView({ snapshot, actions, onDone }: LinkThisDeviceViewProps) {
  const t = useText(linkingText);
  switch (snapshot.phase) {
    case "preparing":
    case "code":
      return (
        <OnboardingPage title={t.title} lead={t.lead} backTo="/start">
          <Code snapshot={snapshot} />
        </OnboardingPage>
      );
    case "compare":
      return (
        <OnboardingPage title={t.digitsTitle} backTo="/start">
          <Digits digits={snapshot.digits} />
        </OnboardingPage>
      );
    case "joined":
      return (
        <OnboardingPage title={t.joinedTitle} lead={t.joinedText}>
          <Button variant="primary" isWide onPress={onDone} autoFocus>
            {t.goOn}
          </Button>
        </OnboardingPage>
      );
    case "expired":
    case "failed":
      return (
        <OnboardingPage title={snapshot.phase === "expired" ? t.expiredTitle : t.failedTitle} backTo="/start">
          <Ended snapshot={snapshot} actions={actions} />
        </OnboardingPage>
      );
  }
}
