import type { LockedHome } from "@sotto/client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { ConfirmDialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { PasswordField } from "../../design/text_field";
import { Mark } from "../../design/wordmark";
import type { BrowserProblem } from "./browser_check";
import styles from "./start_up.module.css";
import type { StartFailure } from "./start_up_model";
import { startUpText } from "./start_up_text";

const css = classesOf(styles);

interface StartPageProps {
  readonly title: string;
  readonly text: ReactNode;
  readonly children?: ReactNode;
}

/** One sheet with the mark, words and a way out. */
function StartPage({ title, text, children }: StartPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another page
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, [title]);
  return (
    <main className={css("page")}>
      <span className={css("mark")}>
        <Mark size={56} label="Sotto" />
      </span>
      <h1 ref={heading} tabIndex={-1} className={css("title")}>
        {title}
      </h1>
      <div className={css("text")}>{text}</div>
      {children}
    </main>
  );
}

/** While the home is opened. Where there was an account, the empty shell; else the mark alone. */
export function StartingView({ withShell }: { readonly withShell: boolean }) {
  const t = useText(startUpText);
  if (!withShell) {
    return (
      <main className={css("page")} aria-busy="true">
        <span className={css("mark", "breathing")}>
          <Mark size={64} />
        </span>
        <h1 className="visually_hidden">{t.opening}</h1>
        <p className={css("slow")}>{t.slow}</p>
      </main>
    );
  }
  return (
    <main className={css("skeleton")} aria-busy="true">
      <h1 className="visually_hidden">{t.opening}</h1>
      <div className={css("skeleton_rail")}>
        <Mark size={34} />
      </div>
      <div className={css("skeleton_list")}>
        {[1, 2, 3, 4, 5].map((row) => (
          <span key={row} className={css("skeleton_row")}>
            <i />
            <i />
            <i />
          </span>
        ))}
      </div>
      <div className={css("skeleton_main")}>
        <p className={css("slow")}>{t.slow}</p>
      </div>
    </main>
  );
}

interface LockedViewProps {
  readonly home: LockedHome;
  readonly onErase: () => Promise<void>;
}

/** The app lock. */
export function LockedView({ home, onErase }: LockedViewProps) {
  const t = useText(startUpText);
  return (
    <StartPage title={t.lockedTitle} text={home.kind === "passkey" ? t.lockedPasskeyText : t.lockedText}>
      {home.kind === "passkey" ? <PasskeyForm home={home} /> : <PassphraseForm home={home} />}
      <details className={css("forgotten")}>
        <summary>{t.forgotten}</summary>
        <p>{t.forgottenText}</p>
        <EraseButton onErase={onErase} />
      </details>
    </StartPage>
  );
}

function useUnlocking(unlock: () => Promise<void>) {
  const [isPending, setPending] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const run = async () => {
    setPending(true);
    setRefused(false);
    try {
      await unlock();
    } catch {
      setRefused(true);
    } finally {
      setPending(false);
    }
  };
  return { isPending, isRefused, run };
}

function PassphraseForm({ home }: { readonly home: LockedHome }) {
  const [passphrase, setPassphrase] = useState("");
  const { isPending, isRefused, run } = useUnlocking(() => home.unlock(passphrase));
  const t = useText(startUpText);
  return (
    <form
      className={css("form")}
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== "" && !isPending) void run();
      }}
    >
      <PasswordField
        label={t.passphrase}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="current-password"
        autoFocus
        errorMessage={isRefused ? t.wrongPassphrase : undefined}
      />
      <Button type="submit" variant="primary" icon="unlock" isWide isPending={isPending} isDisabled={passphrase === ""}>
        {t.unlock}
      </Button>
    </form>
  );
}

function PasskeyForm({ home }: { readonly home: LockedHome }) {
  const { isPending, isRefused, run } = useUnlocking(() => home.unlockWithPasskey());
  const t = useText(startUpText);
  return (
    <div className={css("actions")}>
      <Button variant="primary" icon="unlock" autoFocus isPending={isPending} onPress={() => void run()}>
        {t.unlockPasskey}
      </Button>
      {isRefused && <p role="alert">{t.passkeyRefused}</p>}
    </div>
  );
}

function EraseButton({ onErase }: { readonly onErase: () => Promise<void> }) {
  const [isAsking, setAsking] = useState(false);
  const t = useText(startUpText);
  return (
    <>
      <Button variant="danger" size="s" onPress={() => setAsking(true)}>
        {t.erase}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t.eraseTitle}
          body={t.eraseText}
          confirmLabel={t.eraseConfirm}
          isDanger
          onConfirm={onErase}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** A browser in which Sotto cannot work. */
export function ProblemView({ problem }: { readonly problem: BrowserProblem }) {
  const t = useText(startUpText);
  if (problem.kind === "insecure") return <StartPage title={t.insecureTitle} text={t.insecureText} />;
  return (
    <StartPage title={t.unsupportedTitle} text={t.unsupportedText}>
      <p className={css("technical")}>{t.missing(problem.missing.join(", "))}</p>
    </StartPage>
  );
}

interface FailedViewProps {
  readonly why: StartFailure;
  readonly text: string;
  readonly onAgain: () => void;
  readonly onErase: () => Promise<void>;
}

/** The home did not open: why, and what can be done. */
export function FailedView({ why, text, onAgain, onErase }: FailedViewProps) {
  const t = useText(startUpText);
  const reload = () => window.location.reload();
  switch (why) {
    case "busy":
      return (
        <StartPage title={t.otherTabTitle} text={t.otherTabText}>
          <div className={css("actions")}>
            <Button variant="primary" onPress={onAgain}>
              {t.useHere}
            </Button>
          </div>
        </StartPage>
      );
    case "storage_refused":
      return (
        <StartPage
          title={t.storageTitle}
          text={
            <>
              <p>{t.storageText}</p>
              <p>{t.storageWays}</p>
            </>
          }
        >
          <div className={css("actions")}>
            <Button variant="primary" onPress={onAgain}>
              {t.again}
            </Button>
          </div>
          <p className={css("technical")}>{text}</p>
        </StartPage>
      );
    case "damaged":
    case "failed":
      return (
        <StartPage
          title={why === "damaged" ? t.damagedTitle : t.failedTitle}
          text={why === "damaged" ? t.damagedText : t.failedText}
        >
          <div className={css("actions")}>
            {why === "damaged" && <EraseButton onErase={onErase} />}
            <Button variant="primary" icon="refresh" onPress={reload}>
              {t.reload}
            </Button>
          </div>
          <p className={css("technical")}>{text}</p>
        </StartPage>
      );
  }
}
