export interface MarkProps {
  /** In CSS pixels; 28 unless told. */
  readonly size?: number;
  /** Given when nothing beside it names Sotto. */
  readonly label?: string;
}

/**
 * The mark: a lowered quotation mark, as German opens speech with it, that is a speech bubble at the same time. In it
 * a voice grows quiet: three strokes, each lower than the one before.
 */
export function Mark({ size = 28, label }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={label} aria-hidden={label === undefined}>
      <path
        fill="var(--accent)"
        d="M16 3C8.5 3 3 8.1 3 14.7c0 6.3 5 11.3 11.6 11.6-.6 1.2-1.7 2.1-3.3 2.6-.8.3-.7 1.4.2 1.4C21.300 30.300 29 24.600 29 14.700 29 8.100 23.500 3 16 3z"
      />
      <path
        fill="none"
        stroke="var(--accent-text)"
        strokeWidth="2.4"
        strokeLinecap="round"
        d="M10.300 10.300v8.800M16 12.100v5.200M21.700 13.900v1.600"
      />
    </svg>
  );
}

export interface WordmarkProps {
  /** The height in CSS pixels; 28 unless told. */
  readonly height?: number;
}

/** The mark and the name, drawn with one even line. */
export function Wordmark({ height = 28 }: WordmarkProps) {
  return (
    <svg height={height} width={(height * 124) / 32} viewBox="0 0 124 32" role="img" aria-label="Sotto">
      <path
        fill="var(--accent)"
        d="M16 3C8.5 3 3 8.1 3 14.7c0 6.3 5 11.3 11.6 11.6-.6 1.2-1.7 2.1-3.3 2.6-.8.3-.7 1.4.2 1.4C21.300 30.300 29 24.600 29 14.700 29 8.100 23.500 3 16 3z"
      />
      <path
        fill="none"
        stroke="var(--accent-text)"
        strokeWidth="2.4"
        strokeLinecap="round"
        d="M10.300 10.300v8.800M16 12.100v5.200M21.700 13.900v1.600"
      />
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M50 12.900c-.8-1.300-2.300-2-4.100-2-2.400 0-4.100 1.200-4.100 3.100 0 4.500 8.600 2 8.600 6.400 0 2-1.900 3.200-4.400 3.200-2.100 0-3.800-.9-4.600-2.300" />
        <circle cx="62.500" cy="17.250" r="6.350" />
        <path d="M76.500 5.600v14.500c0 2.300 1.300 3.500 3.300 3.500.8 0 1.500-.1 2.200-.5M73 10.900h8.200" />
        <path d="M89 5.600v14.500c0 2.300 1.300 3.500 3.300 3.500.8 0 1.500-.1 2.200-.5M85.500 10.900h8.200" />
        <circle cx="106.500" cy="17.250" r="6.350" />
      </g>
    </svg>
  );
}
