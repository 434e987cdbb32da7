import { describe, expect, it } from "vitest";
import { errorTexts } from "./error_text";
import { errorCode, explainError } from "./explain_error";
import { FakeFailure } from "./testing/fake_client";

describe("explaining an error", () => {
  it("says in the person's language why a command failed", () => {
    const failure = new FakeFailure({ code: "name_taken" });
    expect(explainError(failure, "en")).toBe(errorTexts.en.name_taken);
    expect(explainError(failure, "de")).toBe(errorTexts.de.name_taken);
  });

  it("has different words for every code in both languages", () => {
    for (const texts of [errorTexts.en, errorTexts.de]) {
      const all = Object.values(texts);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it("shows nobody what it does not know", () => {
    expect(explainError(new Error("ECONN 7 at 0x1f"), "en")).toBe(errorTexts.en.none);
    expect(explainError({ error: { code: "not a code" } }, "en")).toBe(errorTexts.en.none);
    expect(explainError(null, "de")).toBe(errorTexts.de.none);
    expect(errorCode(new Error("plain"))).toBeNull();
  });

  it("tells that the engine is gone", () => {
    const gone = Object.assign(new Error("gone"), { name: "ClientGone" });
    expect(explainError(gone, "en")).toBe(errorTexts.en.client_gone);
  });
});
