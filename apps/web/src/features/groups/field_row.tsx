import type { ReactNode } from "react";
import { Switch } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import styles from "./field_row.module.css";

const css = classesOf(styles);

/** A row of a `SettingsSection` that is one field with its own label, as wide as a narrow pane lets it be. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={css("row")}>{children}</div>;
}

export interface SwitchRowProps {
  readonly label: string;
  readonly description?: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function SwitchRow({ label, description, isOn, isDisabled = false, onChange }: SwitchRowProps) {
  return (
    <FieldRow>
      <Switch description={description} isSelected={isOn} isDisabled={isDisabled} onChange={onChange}>
        {label}
      </Switch>
    </FieldRow>
  );
}
