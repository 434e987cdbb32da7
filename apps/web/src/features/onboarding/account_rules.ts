/** What an account's name and password must be; the server holds the same rules. */

export type NameProblem = "too_short" | "too_long" | "begins_wrong" | "wrong_letter";
export type PasswordStrength = "too_short" | "weak" | "fair" | "strong";

export const minPasswordLength = 8;

/** Why a name is not possible; null if it is. Capitals are lowered by the server. */
export function nameProblem(name: string): NameProblem | null {
  const lowered = name.toLowerCase();
  if (/[^a-z0-9._-]/.test(lowered)) return "wrong_letter";
  if (lowered.length > 0 && !/^[a-z]/.test(lowered)) return "begins_wrong";
  if (lowered.length < 3) return "too_short";
  if (lowered.length > 32) return "too_long";
  return null;
}

function alphabetSize(password: string): number {
  let size = 0;
  if (/[a-z]/.test(password)) size += 26;
  if (/[A-Z]/.test(password)) size += 26;
  if (/[0-9]/.test(password)) size += 10;
  if (/[^a-zA-Z0-9]/.test(password)) size += 20;
  return size;
}

/** Characters that are not merely a repeat of, or the next after, the one before. */
function surprisingLength(password: string): number {
  let count = 0;
  let previous = Number.NaN;
  for (const letter of password) {
    const code = letter.codePointAt(0) ?? 0;
    if (Math.abs(code - previous) > 1 || Number.isNaN(previous)) count += 1;
    previous = code;
  }
  return count;
}

/** An estimate from its form. Whoever attacks it must ask the server each time, or steal its database. */
export function passwordStrength(password: string, name: string): PasswordStrength {
  if (Array.from(password).length < minPasswordLength) return "too_short";
  const lowered = password.toLowerCase();
  const holdsName = name.length >= 3 && lowered.includes(name.toLowerCase());
  const rest = holdsName ? lowered.replaceAll(name.toLowerCase(), "") : password;
  const bits = surprisingLength(rest) * Math.log2(Math.max(alphabetSize(rest), 2));
  if (bits < 45) return "weak";
  return bits < 70 ? "fair" : "strong";
}
