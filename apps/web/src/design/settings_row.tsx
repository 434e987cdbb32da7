import { type ReactNode, useId } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { classesOf } from "./class_names";
import { Icon, type IconName } from "./icon";
import styles from "./settings_row.module.css";

const css = classesOf(styles);

export interface SettingsSectionProps {
  readonly title?: string;
  readonly text?: ReactNode;
  /** `SettingsRow`s. */
  readonly children: ReactNode;
}

/** Rows that belong together, under a heading. */
export function SettingsSection({ title, text, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section className={css("section")} {...(title ? { "aria-labelledby": id } : {})}>
      {(title || text) && (
        <div>
          {title && (
            <h2 id={id} className={css("title")}>
              {title}
            </h2>
          )}
          {text && <div className={css("text")}>{text}</div>}
        </div>
      )}
      <div className={css("rows")}>{children}</div>
    </section>
  );
}

export interface SettingsRowProps {
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly icon?: IconName;
  /** What stands before the words instead of an icon, such as an avatar. */
  readonly start?: ReactNode;
  /** What stands at the right: a value, a switch, a button. */
  readonly control?: ReactNode;
  /** Given: the whole row is a button. */
  readonly onPress?: () => void;
  readonly isDanger?: boolean;
  /** A row that leads to another page shows an arrow. */
  readonly leadsOn?: boolean;
  readonly children?: ReactNode;
}

/** One setting: what it is at the left, how it stands at the right. */
export function SettingsRow(props: SettingsRowProps) {
  const { label, description, icon, start, control, onPress, isDanger = false, leadsOn = false, children } = props;
  const content = (
    <>
      {start ?? (icon && <Icon name={icon} />)}
      <span className={css("words")}>
        <span className={css("label")}>{label}</span>
        {description && <span className={css("hint")}>{description}</span>}
      </span>
      {control !== undefined && <span className={css("control")}>{control}</span>}
      {children}
      {leadsOn && <Icon name="chevron_right" size={18} />}
    </>
  );
  if (onPress === undefined) return <div className={css("row", "wrapping", isDanger && "danger")}>{content}</div>;
  return (
    <AriaButton className={css("row", "pressable", isDanger && "danger")} onPress={onPress}>
      {content}
    </AriaButton>
  );
}
