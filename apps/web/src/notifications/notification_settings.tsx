import { useState } from "react";
import { Banner } from "../design/banner";
import { Button } from "../design/button";
import { Radio, RadioGroup, Switch } from "../design/choice";
import { SettingsRow, SettingsSection } from "../design/settings_row";
import { useText } from "../design/text";
import {
  type ContentLevel,
  changeNotificationSettings,
  contentLevels,
  useNotificationSettings,
} from "./notification_settings_store";
import { notificationsText } from "./notifications_text";
import { askPermission, type Permission, permission, showNotification } from "./system_notification";

/** How this device announces messages: a part of the settings. */
export function NotificationSettings() {
  const t = useText(notificationsText);
  const settings = useNotificationSettings();
  const [allowed, setAllowed] = useState<Permission>(permission);
  const switchSystem = async (isOn: boolean) => {
    const answer = isOn && allowed === "unasked" ? await askPermission() : permission();
    setAllowed(answer);
    changeNotificationSettings({ system: isOn && answer === "granted" });
  };
  const isOn = settings.system && allowed === "granted";
  const isImpossible = allowed === "unsupported" || allowed === "denied";
  return (
    <>
      <SettingsSection title={t.title} text={`${t.text} ${t.mutes}`}>
        <SettingsRow
          label={t.system}
          description={t.systemHint}
          icon="bell"
          control={
            <Switch
              aria-label={t.system}
              isSelected={isOn}
              isDisabled={isImpossible}
              onChange={(wanted) => void switchSystem(wanted)}
            />
          }
        />
        <SettingsRow
          label={t.inApp}
          description={t.inAppHint}
          icon="conversation"
          control={
            <Switch
              aria-label={t.inApp}
              isSelected={settings.inApp}
              onChange={(inApp) => changeNotificationSettings({ inApp })}
            />
          }
        />
        <SettingsRow
          label={t.mentions}
          description={t.mentionsHint}
          icon="at"
          control={
            <Switch
              aria-label={t.mentions}
              isSelected={settings.mentionsAlways}
              onChange={(mentionsAlways) => changeNotificationSettings({ mentionsAlways })}
            />
          }
        />
      </SettingsSection>
      {allowed === "denied" && <Banner tone="warning">{t.denied}</Banner>}
      {allowed === "unsupported" && <Banner>{t.unsupported}</Banner>}
      <ContentChoice level={settings.content} canShow={isOn} />
    </>
  );
}

function ContentChoice({ level, canShow }: { readonly level: ContentLevel; readonly canShow: boolean }) {
  const t = useText(notificationsText);
  const words: Readonly<Record<ContentLevel, readonly [string, string]>> = {
    text: [t.contentText, t.contentTextHint],
    name: [t.contentName, t.contentNameHint],
    nothing: [t.contentNothing, t.contentNothingHint],
  };
  const example = {
    text: { title: t.testName, body: t.testMessage },
    name: { title: t.testName, body: t.newMessage },
    nothing: { title: "Sotto", body: t.newMessage },
  }[level];
  const choose = (value: string) => {
    const content = contentLevels.find((one) => one === value);
    if (content !== undefined) changeNotificationSettings({ content });
  };
  return (
    <section>
      <RadioGroup label={t.content} description={t.contentFollows} value={level} onChange={choose}>
        {contentLevels.map((one) => (
          <Radio key={one} value={one} description={words[one][1]}>
            {words[one][0]}
          </Radio>
        ))}
      </RadioGroup>
      {canShow && (
        <Button size="s" icon="bell" onPress={() => void showNotification(example, "example", () => undefined)}>
          {t.test}
        </Button>
      )}
    </section>
  );
}
