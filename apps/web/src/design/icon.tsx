import { type IconName, icons } from "./icons";

export type { IconName } from "./icons";

export interface IconProps {
  readonly name: IconName;
  /** In CSS pixels; 20 unless told. */
  readonly size?: number;
  /** Filled with its own colour, for what is chosen: a star, a pin. */
  readonly filled?: boolean;
  readonly className?: string | undefined;
}

/** An icon in the colour of the text around it. It says nothing to a screen reader: what stands beside it does. */
export function Icon({ name, size = 20, filled = false, className }: IconProps) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={icons[name]} />
    </svg>
  );
}
