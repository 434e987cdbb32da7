import { Link } from "wouter";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { CopyField } from "../../design/copy_field";
import { useLanguage, useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { errorCode, explainError } from "../../engine/explain_error";
import { OnboardingForm, OnboardingPage } from "./onboarding_page";
import styles from "./onboarding_page.module.css";
import { onboardingText } from "./onboarding_text";

const css = classesOf(styles);

export interface FirstConversationSnapshot {
  readonly name: string;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface FirstConversationActions {
  setName(name: string): void;
  /** Opens the conversation with the person of that name; its id, or null if there is none. */
  open(): Promise<string | null>;
}

export interface FirstConversationViewProps {
  readonly snapshot: FirstConversationSnapshot;
  readonly actions: FirstConversationActions;
  readonly ownName: string;
  /** The address that leads others to a conversation with this account. */
  readonly ownLink: string;
  readonly step?: readonly [number, number] | undefined;
  readonly install: (() => Promise<void>) | null;
  readonly onOpened: (conversation: string) => void;
}

function useOpenError({ name, error }: FirstConversationSnapshot): string | undefined {
  const t = useText(onboardingText);
  const language = useLanguage();
  if (error === null) return undefined;
  const code = errorCode(error);
  if (code === "unknown_account" || code === "invalid_name") return t.unknownPerson(name);
  return code === "own_account" ? t.thatIsYou : explainError(error, language);
}

/** The first person to write to: by name, or by a link for them to follow. */
export function FirstConversationView(props: FirstConversationViewProps) {
  const { snapshot, actions, ownName, ownLink, step, install, onOpened } = props;
  const t = useText(onboardingText);
  const openError = useOpenError(snapshot);
  const open = async () => {
    const conversation = await actions.open();
    if (conversation !== null) onOpened(conversation);
  };
  const canShare = typeof navigator.share === "function";
  return (
    <OnboardingPage title={t.firstTitle} lead={t.firstLead(ownName)} step={step} foot={<Link href="/">{t.goOn}</Link>}>
      <OnboardingForm onSubmit={() => void open()}>
        <TextField
          label={t.findLabel}
          value={snapshot.name}
          onChange={actions.setName}
          autoFocus
          autoComplete="off"
          isVerbatim
          errorMessage={openError}
        />
        <Button type="submit" variant="primary" isWide isPending={snapshot.isBusy} isDisabled={snapshot.name === ""}>
          {t.findAction}
        </Button>
      </OnboardingForm>
      <div className={css("note")}>
        <CopyField label={t.ownLink} value={ownLink} />
        <p>{t.ownLinkHint}</p>
      </div>
      {canShare && (
        <Button
          icon="forward"
          isWide
          onPress={() => {
            // Closing the system's sheet rejects; there is nothing to say then.
            navigator.share({ text: t.shareText(ownName), url: ownLink }).catch(() => undefined);
          }}
        >
          {t.share}
        </Button>
      )}
      {install && (
        <div className={css("note")}>
          <Button icon="download" isWide onPress={() => void install()}>
            {t.install}
          </Button>
          <p>{t.installHint}</p>
        </div>
      )}
    </OnboardingPage>
  );
}
