import { Link } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { useLanguage, useText } from "../../design/text";
import { PasswordField, TextField } from "../../design/text_field";
import { errorCode, explainError } from "../../engine/explain_error";
import type { NameProblem, PasswordStrength } from "./account_rules";
import { OnboardingButtons, OnboardingForm, OnboardingPage } from "./onboarding_page";
import { onboardingText } from "./onboarding_text";
import { StrengthMeter } from "./strength_meter";

export interface RegisterSnapshot {
  readonly name: string;
  readonly password: string;
  /** The name under which an account was begun in this browser and not finished, or "". */
  readonly begunAs: string;
  readonly nameProblem: NameProblem | null;
  readonly strength: PasswordStrength;
  /** Whether it was submitted once: only then is something missing called wrong. */
  readonly asked: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface RegisterActions {
  setName(name: string): void;
  setPassword(password: string): void;
  /** Whether the account is there now. */
  submit(): Promise<boolean>;
}

export interface RegisterViewProps {
  readonly snapshot: RegisterSnapshot;
  readonly actions: RegisterActions;
  readonly steps: number;
  readonly onDone: () => void;
}

function useNameError(snapshot: RegisterSnapshot): string | undefined {
  const t = useText(onboardingText);
  const { name, nameProblem, asked, error } = snapshot;
  const code = errorCode(error);
  if (code === "name_taken") return t.nameTaken(name.toLowerCase());
  if (code === "invalid_name") return t.nameRule;
  if (nameProblem === null) return undefined;
  // A name that is only too short is still being typed.
  if (nameProblem === "too_short" && !asked) return undefined;
  return t.nameProblems[nameProblem];
}

function useGeneralError(error: unknown): string | null {
  const t = useText(onboardingText);
  const language = useLanguage();
  if (error === null) return null;
  switch (errorCode(error)) {
    case "name_taken":
    case "invalid_name":
    case "invalid_password":
      return null;
    case "server_refused":
    case "not_allowed":
      return t.closed;
    case "offline":
      return t.unreachable;
    default:
      return explainError(error, language);
  }
}

/** The name and the password of a new account. */
export function RegisterView({ snapshot, actions, steps, onDone }: RegisterViewProps) {
  const t = useText(onboardingText);
  const nameError = useNameError(snapshot);
  const generalError = useGeneralError(snapshot.error);
  const isFinishing = snapshot.begunAs !== "";
  const passwordError = snapshot.asked && snapshot.strength === "too_short" ? t.passwordTooShort : undefined;
  const submit = async () => {
    if (await actions.submit()) onDone();
  };
  return (
    <OnboardingPage
      title={isFinishing ? t.finishTitle : t.registerTitle}
      lead={isFinishing ? t.finishLead(snapshot.begunAs) : t.registerLead}
      backTo="/start"
      step={[1, steps]}
      foot={
        <>
          {t.haveAccount} <Link href="/start/link">{t.linkInstead}</Link>
        </>
      }
    >
      <OnboardingForm onSubmit={() => void submit()}>
        {generalError && <Banner tone="danger">{generalError}</Banner>}
        <TextField
          label={t.name}
          name="username"
          value={snapshot.name}
          onChange={actions.setName}
          isReadOnly={isFinishing}
          autoFocus={!isFinishing}
          autoComplete="username"
          isVerbatim
          description={t.nameRule}
          errorMessage={nameError}
        />
        <PasswordField
          label={t.password}
          name="password"
          value={snapshot.password}
          onChange={actions.setPassword}
          autoFocus={isFinishing}
          autoComplete={isFinishing ? "current-password" : "new-password"}
          description={isFinishing ? undefined : t.passwordRule}
          errorMessage={passwordError}
        />
        {!isFinishing && snapshot.password !== "" && <StrengthMeter strength={snapshot.strength} />}
        <OnboardingButtons>
          <Button type="submit" variant="primary" isPending={snapshot.isBusy} isWide>
            {t.createAccount}
          </Button>
        </OnboardingButtons>
      </OnboardingForm>
    </OnboardingPage>
  );
}
