import type { ClientErrorCode } from "@sotto/client";
import type { Language } from "../design/text";
import { errorTexts } from "./error_text";

/** The code of a failed command; null for anything else. By shape, so that a failure made in a worker counts too. */
export function errorCode(error: unknown): ClientErrorCode | null {
  if (typeof error !== "object" || error === null || !("error" in error)) return null;
  const inner = error.error;
  if (typeof inner !== "object" || inner === null || !("code" in inner) || typeof inner.code !== "string") return null;
  return inner.code in errorTexts.en ? (inner.code as ClientErrorCode) : null;
}

/** Says to a person why something failed and what helps, in one or two sentences. */
export function explainError(error: unknown, language: Language): string {
  const code = errorCode(error);
  if (code !== null) return errorTexts[language][code];
  if (error instanceof Error && error.name === "ClientGone") return errorTexts[language].client_gone;
  return errorTexts[language].none;
}
