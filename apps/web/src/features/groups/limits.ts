// The limits of what a group is called (src/wire/content.h), in octets of UTF-8.
export const maxGroupNameSize = 128;
export const maxSubjectSize = 256;
export const maxDescriptionSize = 2_048;
export const maxPictureSize = 8 * 1_024;
/** How many accounts one command names. */
export const maxNamed = 250;

const encoder = new TextEncoder();

/** How much of a limit a text takes. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}
