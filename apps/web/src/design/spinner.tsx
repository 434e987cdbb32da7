import { classesOf } from "./class_names";
import styles from "./progress.module.css";

const css = classesOf(styles);

export interface SpinnerProps {
  readonly size?: number;
  /** Read out when nothing beside it says what is being waited for. */
  readonly label?: string;
}

/** A quiet turning arc. With reduced motion it stands still. */
export function Spinner({ size = 20, label }: SpinnerProps) {
  const named = label === undefined ? { "aria-hidden": true } : { role: "status", "aria-label": label };
  return (
    <span {...named} className={css("spinner")} style={{ width: size, height: size }}>
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <circle cx="12" cy="12" r="9" opacity="0.22" />
        <path d="M12 3a9 9 0 0 1 9 9" />
      </svg>
    </span>
  );
}
