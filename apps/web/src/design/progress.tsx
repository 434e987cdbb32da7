import { ProgressBar as AriaProgressBar } from "react-aria-components/ProgressBar";
import { classesOf } from "./class_names";
import styles from "./progress.module.css";

export { Spinner, type SpinnerProps } from "./spinner";

const css = classesOf(styles);

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 100; absent while nobody knows how much there is. */
  readonly value?: number | undefined;
  /** What stands at the right, such as "312 of 900". */
  readonly valueLabel?: string | undefined;
  readonly isLabelHidden?: boolean;
}

export function ProgressBar({ label, value, valueLabel, isLabelHidden = false }: ProgressBarProps) {
  const isIndeterminate = value === undefined;
  return (
    <AriaProgressBar
      aria-label={label}
      value={value ?? 0}
      isIndeterminate={isIndeterminate}
      className={css("bar")}
      {...(valueLabel === undefined ? {} : { valueLabel })}
    >
      {({ percentage, valueText }) => (
        <>
          {!isLabelHidden && (
            <span className={css("head")}>
              <span>{label}</span>
              {!isIndeterminate && <span>{valueText}</span>}
            </span>
          )}
          <div className={css("track")}>
            <div
              className={css("fill", isIndeterminate && "indeterminate")}
              style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
