import { useEffect, useState } from "react";
import { Avatar } from "../../design/avatar";
import { classesOf } from "../../design/class_names";
import { CopyField } from "../../design/copy_field";
import { Page } from "../../design/page";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { personLink } from "../onboarding/kept_invitation";
import styles from "./settings.module.css";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

/** Hexadecimal digits in groups of four, which people can compare. */
function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}

/** The public account key; "" until it was read. */
function useAccountKey(): string {
  const client = useClient();
  const [key, setKey] = useState("");
  useEffect(() => {
    let isCurrent = true;
    client.ask("who_am_i", {}).then(
      (identity) => isCurrent && setKey(identity.account_key),
      // The row then stays away.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client]);
  return key;
}

/** Who this account is, and how others find it. */
export function ProfilePage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText);
  const session = useSession();
  const accountKey = useAccountKey();
  return (
    <Page title={t.pages.profile} onBack={onBack}>
      <div className={css("person")}>
        <Avatar name={session.name} size={72} />
        <div>
          <p className={css("person_name")}>{session.name}</p>
          <p className={css("lead")}>{t.profile.nameHint}</p>
        </div>
      </div>
      <div className={css("stack")}>
        <CopyField label={t.profile.ownLink} value={personLink(window.location.origin, session.name)} />
        <p className={css("lead")}>{t.profile.ownLinkHint}</p>
      </div>
      <SettingsSection title={t.profile.details}>
        <SettingsRow label={t.profile.account} description={<span className={css("mono")}>{session.account}</span>} />
        <SettingsRow label={t.profile.device} description={<span className={css("mono")}>{session.device}</span>} />
        {accountKey !== "" && (
          <SettingsRow
            label={t.profile.identity}
            description={
              <>
                {t.profile.identityHint}
                <br />
                <span className={css("mono")}>{grouped(accountKey)}</span>
              </>
            }
          />
        )}
      </SettingsSection>
    </Page>
  );
}
