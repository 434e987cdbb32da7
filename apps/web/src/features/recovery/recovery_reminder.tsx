import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { onboardingText } from "../onboarding/onboarding_text";
import styles from "./recovery.module.css";
import { isReminderDue, snoozeReminder } from "./reminder_times";

const css = classesOf(styles);

/** Whether this account has no backup; null until that is known. */
function useIsUnprotected(isDue: boolean): boolean | null {
  const client = useClient();
  const { state } = useSession();
  const [path] = useLocation();
  const [isUnprotected, setUnprotected] = useState<boolean | null>(null);
  // Asked again after each step through the app: the key may have been saved meanwhile, here or on another device.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the step
  useEffect(() => {
    if (!isDue || state !== "logged_in") return;
    client.ask("get_backup_status", {}).then(
      (status) => setUnprotected(!status.on),
      // Not known: nobody is reminded of what may be there.
      () => undefined,
    );
  }, [client, isDue, state, path]);
  return isUnprotected;
}

/** Reminds of the recovery key that was put off. Mounted by the shell above the list; nothing where it is not due. */
export function RecoveryReminder() {
  const t = useText(onboardingText);
  const [, navigate] = useLocation();
  const [isDue, setDue] = useState(() => isReminderDue(Date.now()));
  const isUnprotected = useIsUnprotected(isDue);
  if (!isDue || isUnprotected !== true) return null;
  return (
    <Banner tone="warning" icon="key" title={t.reminderTitle}>
      <p>{t.reminderText}</p>
      <div className={css("reminder_buttons")}>
        <Button size="s" variant="primary" onPress={() => navigate("/settings/backup")}>
          {t.reminderAction}
        </Button>
        <Button
          size="s"
          variant="quiet"
          onPress={() => {
            snoozeReminder(Date.now());
            setDue(false);
          }}
        >
          {t.later}
        </Button>
      </div>
    </Banner>
  );
}
