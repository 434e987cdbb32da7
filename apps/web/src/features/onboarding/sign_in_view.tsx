import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { ConfirmDialog } from "../../design/dialog";
import { useLanguage, useText } from "../../design/text";
import { PasswordField, TextField } from "../../design/text_field";
import { explainError } from "../../engine/explain_error";
import { OnboardingForm, OnboardingPage } from "./onboarding_page";
import { onboardingText } from "./onboarding_text";

export interface SignInSnapshot {
  readonly name: string;
  readonly password: string;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface SignInActions {
  setPassword(password: string): void;
  /** Whether this device is signed in now. */
  submit(): Promise<boolean>;
}

export interface SignInViewProps {
  readonly snapshot: SignInSnapshot;
  readonly actions: SignInActions;
  readonly onDone: () => void;
  /** Erases all that this browser keeps. */
  readonly onErase: () => Promise<void>;
}

/** Signs a device in again that has an account and no sign-in. */
export function SignInView({ snapshot, actions, onDone, onErase }: SignInViewProps) {
  const t = useText(onboardingText);
  const language = useLanguage();
  const [isErasing, setErasing] = useState(false);
  const submit = async () => {
    if (await actions.submit()) onDone();
  };
  return (
    <OnboardingPage
      title={t.welcomeBack(snapshot.name)}
      lead={t.signedOut}
      foot={
        <Button variant="quiet" size="s" onPress={() => setErasing(true)}>
          {t.useOtherAccount}
        </Button>
      }
    >
      <OnboardingForm onSubmit={() => void submit()}>
        {snapshot.error !== null && <Banner tone="danger">{explainError(snapshot.error, language)}</Banner>}
        <TextField label={t.name} name="username" value={snapshot.name} isReadOnly autoComplete="username" />
        <PasswordField
          label={t.password}
          name="password"
          autoFocus
          autoComplete="current-password"
          value={snapshot.password}
          onChange={actions.setPassword}
        />
        <Button
          type="submit"
          variant="primary"
          isWide
          isPending={snapshot.isBusy}
          isDisabled={snapshot.password === ""}
        >
          {t.signIn}
        </Button>
      </OnboardingForm>
      <details>
        <summary>{t.forgotPassword}</summary>
        <p>{t.forgotPasswordText}</p>
      </details>
      {isErasing && (
        <ConfirmDialog
          title={t.useOtherAccountTitle}
          body={t.useOtherAccountBody}
          confirmLabel={t.useOtherAccountConfirm}
          isDanger
          onConfirm={onErase}
          onCancel={() => setErasing(false)}
        />
      )}
    </OnboardingPage>
  );
}
