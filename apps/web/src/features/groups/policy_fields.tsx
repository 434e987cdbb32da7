import { Select, SelectItem, Switch } from "../../design/choice";
import { SettingsRow } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { groupsText } from "./groups_text";
import type { Policies } from "./permissions";
import { timerChoices } from "./timers";

export interface PolicyFieldsProps {
  readonly policies: Policies;
  readonly onChange: (policies: Policies) => void;
  readonly isDisabled?: boolean;
}

/** What holds in a group, each rule with what follows from it. Stands inside a `SettingsSection`. */
export function PolicyFields({ policies, onChange, isDisabled = false }: PolicyFieldsProps) {
  const t = useText(groupsText);
  const rules = [
    ["shares_history", t.sharesHistory, t.sharesHistoryHint],
    ["members_add", t.membersAdd, t.membersAddHint],
    ["members_edit_profile", t.membersEdit, t.membersEditHint],
  ] as const;
  return (
    <>
      {rules.map(([rule, label, hint]) => (
        <SettingsRow
          key={rule}
          label={label}
          description={hint}
          control={
            <Switch
              aria-label={label}
              isSelected={policies[rule]}
              isDisabled={isDisabled}
              onChange={(isOn) => onChange({ ...policies, [rule]: isOn })}
            />
          }
        />
      ))}
      <SettingsRow
        label={t.timer}
        description={t.timerHint}
        control={
          <TimerSelect
            value={policies.expires_after_ms}
            isDisabled={isDisabled}
            onChange={(expires_after_ms) => onChange({ ...policies, expires_after_ms })}
          />
        }
      />
    </>
  );
}

export interface TimerSelectProps {
  readonly value: number;
  readonly onChange: (ms: number) => void;
  readonly isDisabled?: boolean;
}

/** After what time messages disappear. */
export function TimerSelect({ value, onChange, isDisabled = false }: TimerSelectProps) {
  const t = useText(groupsText);
  const language = useLanguage();
  return (
    <Select
      label={t.timer}
      isLabelHidden
      value={String(value)}
      isDisabled={isDisabled}
      onChange={(chosen) => onChange(Number(chosen))}
    >
      {timerChoices(value, t.timerOff, language).map(({ id, label }) => (
        <SelectItem key={id} id={id}>
          {label}
        </SelectItem>
      ))}
    </Select>
  );
}
