import type { ReactNode } from "react";
import { Spinner } from "../../design/spinner";
import { useText } from "../../design/text";
import { OnboardingPage } from "./onboarding_page";
import { onboardingText } from "./onboarding_text";

/** How the first page begins, before it is known whether there is an account. */
export function WelcomePage({ children }: { readonly children?: ReactNode }) {
  const t = useText(onboardingText);
  return (
    <OnboardingPage title={t.startTitle} lead={t.lead} isBusy>
      <Spinner />
      {children}
    </OnboardingPage>
  );
}
