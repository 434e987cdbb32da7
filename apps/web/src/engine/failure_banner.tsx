import { Banner } from "../design/banner";
import { Button } from "../design/button";
import { defineText, useLanguage, useText } from "../design/text";
import { explainError } from "./explain_error";

const failureText = defineText({ en: { retry: "Try again" }, de: { retry: "Noch einmal versuchen" } });

export interface FailureBannerProps {
  readonly error: unknown;
  /** Said in place of what is usually said of the error. */
  readonly words?: string | undefined;
  readonly onRetry: () => void;
}

/** Why something could not be read, with a way to try it again. */
export function FailureBanner({ error, words, onRetry }: FailureBannerProps) {
  const t = useText(failureText);
  const language = useLanguage();
  return (
    <Banner
      tone="danger"
      isLive
      action={
        <Button size="s" onPress={onRetry}>
          {t.retry}
        </Button>
      }
    >
      {words ?? explainError(error, language)}
    </Banner>
  );
}
