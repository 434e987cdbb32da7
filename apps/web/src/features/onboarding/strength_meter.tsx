import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import type { PasswordStrength } from "./account_rules";
import styles from "./onboarding_page.module.css";
import { onboardingText } from "./onboarding_text";

const css = classesOf(styles);
const filled: Readonly<Record<PasswordStrength, number>> = { too_short: 0, weak: 1, fair: 2, strong: 3 };

/** How strong a password is, in words and as a bar of three parts. */
export function StrengthMeter({ strength }: { readonly strength: PasswordStrength }) {
  const t = useText(onboardingText);
  return (
    <div className={css("strength")}>
      <div className={css("meter")} aria-hidden="true">
        {[1, 2, 3].map((part) => (
          <span key={part} className={css(part <= filled[strength] && strength !== "too_short" && strength)} />
        ))}
      </div>
      <p aria-live="polite">
        <span>{t.strengthLabel}: </span>
        {t.strength[strength]}
      </p>
    </div>
  );
}
