import { lazy, Suspense, useState } from "react";
import { Radio, RadioGroup, Select, SelectItem, Switch } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Page } from "../../design/page";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { type Accent, accents, setAppearance, type ThemeChoice, themeChoices, useAppearance } from "../../design/theme";
import { useEnterSends } from "../conversation/composer/use_enter_sends";
import styles from "./settings.module.css";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";
import { canChooseTextSize, setTextSize, type TextSize, textSizes, useTextSize } from "./text_size";

const css = classesOf(styles);
const ShortcutsDialog = lazy(() =>
  import("../../app/shortcuts/shortcuts_dialog").then((module) => ({ default: module.ShortcutsDialog })),
);

function Theme() {
  const t = useText(settingsText).appearance;
  const { theme, accent } = useAppearance();
  return (
    <SettingsSection text={t.hint}>
      <div className={css("inset")}>
        <RadioGroup
          label={t.theme}
          orientation="horizontal"
          value={theme}
          onChange={(value) => setAppearance({ theme: value as ThemeChoice })}
        >
          {themeChoices.map((choice) => (
            <Radio key={choice} value={choice}>
              {t.themes[choice]}
            </Radio>
          ))}
        </RadioGroup>
      </div>
      <div className={css("inset")}>
        <RadioGroup
          label={t.accent}
          orientation="horizontal"
          value={accent}
          onChange={(value) => setAppearance({ accent: value as Accent })}
        >
          {accents.map((choice) => (
            <Radio key={choice} value={choice}>
              {t.accents[choice]}
            </Radio>
          ))}
        </RadioGroup>
      </div>
    </SettingsSection>
  );
}

function TextSizeSection() {
  const t = useText(settingsText).appearance;
  const textSize = useTextSize();
  return (
    <SettingsSection title={t.textSize}>
      <div className={`${css("inset")} ${css("stack")}`}>
        <Select<TextSize> label={t.textSize} isLabelHidden value={textSize} onChange={setTextSize}>
          {textSizes.map((size) => (
            <SelectItem key={size} id={size}>
              {t.textSizes[size]}
            </SelectItem>
          ))}
        </Select>
        <p className={css("lead")}>{t.sample}</p>
      </div>
    </SettingsSection>
  );
}

/** How the app looks and how the composer behaves, in this browser. */
export function AppearancePage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText).appearance;
  const pages = useText(settingsText).pages;
  const { motion } = useAppearance();
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const [enterSends, setEnterSends] = useEnterSends();
  return (
    <Page title={pages.appearance} onBack={onBack}>
      <Theme />
      {canChooseTextSize() && <TextSizeSection />}
      <SettingsSection title={t.writing}>
        <div className={css("inset")}>
          <Switch description={t.enterSendsHint} isSelected={enterSends} onChange={setEnterSends}>
            {t.enterSends}
          </Switch>
        </div>
        <SettingsRow
          icon="keyboard"
          label={t.shortcuts}
          description={t.shortcutsHint}
          onPress={() => setShowsShortcuts(true)}
          leadsOn
        />
      </SettingsSection>
      <SettingsSection title={t.motion}>
        <div className={css("inset")}>
          <Switch
            description={t.reduceMotionHint}
            isSelected={motion === "reduced"}
            onChange={(isReduced) => setAppearance({ motion: isReduced ? "reduced" : "system" })}
          >
            {t.reduceMotion}
          </Switch>
        </div>
      </SettingsSection>
      {showsShortcuts && (
        <Suspense fallback={null}>
          <ShortcutsDialog onClose={() => setShowsShortcuts(false)} />
        </Suspense>
      )}
    </Page>
  );
}
