import { Radio, RadioGroup } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Page } from "../../design/page";
import { SettingsSection } from "../../design/settings_row";
import { type LanguageChoice, languages, setLanguage, useLanguageChoice, useText } from "../../design/text";
import styles from "./settings.module.css";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

/** The language of the interface. */
export function LanguagePage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText);
  const choice = useLanguageChoice();
  return (
    <Page title={t.pages.language} onBack={onBack}>
      <SettingsSection text={t.language.hint}>
        <div className={css("inset")}>
          <RadioGroup
            label={t.language.choose}
            value={choice}
            onChange={(value) => setLanguage(value as LanguageChoice)}
          >
            <Radio value="system">{t.language.system}</Radio>
            {languages.map((language) => (
              <Radio key={language} value={language}>
                <span lang={language}>{t.language.names[language]}</span>
              </Radio>
            ))}
          </RadioGroup>
        </div>
      </SettingsSection>
    </Page>
  );
}
