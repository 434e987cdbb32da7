import { type ReactNode, useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { QrCode } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { PasswordField, TextField } from "../../design/text_field";
import { useToast } from "../../design/toast";
import { errorCode, explainError } from "../../engine/explain_error";
import { downloadText, printKey } from "./key_keeping";
import styles from "./recovery.module.css";
import { recoveryText } from "./recovery_text";
import { minPassphraseLength } from "./save_recovery_view_model";

const css = classesOf(styles);

export type Strength = "not_estimated" | "too_short" | "weak" | "fair" | "strong";

export interface SaveRecoverySnapshot {
  readonly phase: "explain" | "shown" | "check" | "passphrase" | "done";
  readonly words: readonly string[];
  /** The same as the words, as a QR code's content. */
  readonly code: string;
  /** Which two words are asked for, counted from 1. */
  readonly asked: readonly [number, number];
  readonly strength: Strength;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface SaveRecoveryActions {
  createKey(): Promise<void>;
  createWithPassphrase(passphrase: string): Promise<void>;
  confirm(first: string, second: string): Promise<void>;
  askForWords(): void;
  showAgain(): void;
  choosePassphrase(): void;
  chooseKey(): void;
}

export interface SaveRecoveryViewProps {
  readonly snapshot: SaveRecoverySnapshot;
  readonly actions: SaveRecoveryActions;
  /** Whose key it is, for the sheet that is printed. */
  readonly accountName: string;
  readonly host: string;
  /** Whether a key that there is already loses its worth. */
  readonly replaces: boolean;
  /** Leaves without a key; what there was before stays as it was. */
  readonly onLater: () => void;
  /** What leaving is called: "Later" where nobody asked for the key. */
  readonly laterLabel: string;
  readonly onDone: () => void;
}

function Problem({ error }: { readonly error: unknown }) {
  const t = useText(recoveryText);
  const language = useLanguage();
  if (error === null) return null;
  const words = errorCode(error) === "wrong_words" ? t.wrongWords : explainError(error, language);
  return (
    <Banner tone="danger" isLive>
      {words}
    </Banner>
  );
}

function Explain({ snapshot, actions, replaces, onLater, laterLabel }: SaveRecoveryViewProps) {
  const t = useText(recoveryText);
  return (
    <>
      <p>{t.why}</p>
      <p>{t.how}</p>
      {replaces && <Banner tone="warning">{t.replaces}</Banner>}
      <Problem error={snapshot.error} />
      <div className={css("buttons")}>
        <Button variant="quiet" onPress={onLater}>
          {laterLabel}
        </Button>
        <Button variant="primary" icon="key" isPending={snapshot.isBusy} onPress={() => void actions.createKey()}>
          {t.make}
        </Button>
      </div>
      <Button variant="quiet" size="s" onPress={actions.choosePassphrase}>
        {t.usePassphrase}
      </Button>
    </>
  );
}

export interface RecoveryWordsProps {
  readonly words: readonly string[];
  readonly code: string;
  readonly accountName: string;
  readonly host: string;
}

/** The words in their order, the same as a code, and the ways to keep them. */
export function RecoveryWords({ words, code, accountName, host }: RecoveryWordsProps) {
  const t = useText(recoveryText);
  const toast = useToast();
  const [showsCode, setShowsCode] = useState(false);
  const key = { words, code, head: t.fileHead(accountName, host), foot: t.fileFoot };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words.join(" "));
      toast({ text: t.copied });
    } catch {
      downloadText(key, t.fileName);
    }
  };
  return (
    <>
      <ol className={css("words")} aria-label={t.wordsTitle} translate="no">
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may be there twice, and the order never changes
          <li key={index}>
            <span className={css("number")} aria-hidden="true">
              {index + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      {showsCode && (
        <div className={css("code")}>
          <QrCode content={code} label={t.qrLabel} />
        </div>
      )}
      <div className={css("tools")}>
        <Button size="s" icon="copy" onPress={() => void copy()}>
          {t.copy}
        </Button>
        <Button size="s" icon="note" onPress={() => void printKey(key)}>
          {t.print}
        </Button>
        <Button size="s" icon="download" onPress={() => downloadText(key, t.fileName)}>
          {t.download}
        </Button>
        <Button size="s" icon="qr" onPress={() => setShowsCode(!showsCode)} aria-expanded={showsCode}>
          {showsCode ? t.hideCode : t.showCode}
        </Button>
      </div>
    </>
  );
}

function Shown({ snapshot, actions, accountName, host, onLater, laterLabel }: SaveRecoveryViewProps) {
  const t = useText(recoveryText);
  return (
    <>
      <p>{t.wordsHint}</p>
      <RecoveryWords words={snapshot.words} code={snapshot.code} accountName={accountName} host={host} />
      <div className={css("buttons")}>
        <Button variant="quiet" onPress={onLater}>
          {laterLabel}
        </Button>
        <Button variant="primary" onPress={actions.askForWords}>
          {t.saved}
        </Button>
      </div>
    </>
  );
}

function Check({ snapshot, actions }: SaveRecoveryViewProps) {
  const t = useText(recoveryText);
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const field = { autoComplete: "off", isVerbatim: true } as const;
  return (
    <form
      className={css("form")}
      onSubmit={(event) => {
        event.preventDefault();
        void actions.confirm(first, second);
      }}
    >
      <p>{t.checkHint}</p>
      <Problem error={snapshot.error} />
      <div className={css("pair")}>
        <TextField {...field} label={t.word(snapshot.asked[0])} value={first} onChange={setFirst} autoFocus />
        <TextField {...field} label={t.word(snapshot.asked[1])} value={second} onChange={setSecond} />
      </div>
      <div className={css("buttons")}>
        <Button variant="quiet" onPress={actions.showAgain}>
          {t.lookAgain}
        </Button>
        <Button
          type="submit"
          variant="primary"
          isPending={snapshot.isBusy}
          isDisabled={first.trim() === "" || second.trim() === ""}
        >
          {t.check}
        </Button>
      </div>
    </form>
  );
}

export interface PassphraseFormProps {
  readonly isBusy: boolean;
  readonly submitLabel: string;
  readonly onSubmit: (passphrase: string) => void;
  readonly children?: ReactNode;
  readonly aside?: ReactNode;
}

/** A passphrase, typed twice. */
export function PassphraseForm({ isBusy, submitLabel, onSubmit, children, aside }: PassphraseFormProps) {
  const t = useText(recoveryText);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(false);
  const isShort = Array.from(passphrase).length < minPassphraseLength;
  const differs = passphrase !== again;
  return (
    <form
      className={css("form")}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!isShort && !differs) onSubmit(passphrase);
      }}
    >
      <PasswordField
        label={t.passphrase}
        description={t.passphraseHint}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="off"
        autoFocus
        errorMessage={asked && isShort ? t.passphraseTooShort : undefined}
      />
      <PasswordField
        label={t.passphraseAgain}
        value={again}
        onChange={setAgain}
        autoComplete="off"
        errorMessage={asked && !isShort && differs ? t.passphraseDiffers : undefined}
      />
      {children}
      <div className={css("buttons")}>
        {aside}
        <Button type="submit" variant="primary" isPending={isBusy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

function Passphrase({ snapshot, actions, replaces }: SaveRecoveryViewProps) {
  const t = useText(recoveryText);
  return (
    <PassphraseForm
      isBusy={snapshot.isBusy}
      submitLabel={t.passphraseSet}
      onSubmit={(passphrase) => void actions.createWithPassphrase(passphrase)}
      aside={
        <Button variant="quiet" onPress={actions.chooseKey}>
          {t.useKey}
        </Button>
      }
    >
      {replaces && <Banner tone="warning">{t.replaces}</Banner>}
      <Problem error={snapshot.error} />
    </PassphraseForm>
  );
}

function Done({ snapshot, onDone }: SaveRecoveryViewProps) {
  const t = useText(recoveryText);
  return (
    <>
      <Banner tone="success" isLive>
        {t.doneText}
      </Banner>
      {snapshot.strength !== "not_estimated" && <p>{t.strength[snapshot.strength]}</p>}
      <div className={css("buttons")}>
        <Button variant="primary" onPress={onDone} autoFocus>
          {t.goOn}
        </Button>
      </div>
    </>
  );
}

const phases = { explain: Explain, shown: Shown, check: Check, passphrase: Passphrase, done: Done } as const;

/** The heading that fits the phase. */
export function useSaveRecoveryTitle(phase: SaveRecoverySnapshot["phase"]): string {
  const t = useText(recoveryText);
  const titles = {
    explain: t.saveTitle,
    shown: t.wordsTitle,
    check: t.checkTitle,
    passphrase: t.passphraseTitle,
    done: t.doneTitle,
  } as const;
  return titles[phase];
}

/** Makes a recovery key, shows it once and checks that it was kept. */
export function SaveRecoveryView(props: SaveRecoveryViewProps) {
  const Phase = phases[props.snapshot.phase];
  return (
    <div className={css("stack")}>
      <Phase {...props} />
    </div>
  );
}
