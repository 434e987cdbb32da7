import { describe, expect, it } from "vitest";
import { initialsOf } from "./avatar";

describe("the letters of an avatar", () => {
  it("are the first of the first and the last word", () => {
    expect(initialsOf("anna")).toBe("A");
    expect(initialsOf("ben.okafor")).toBe("BO");
    expect(initialsOf("Die drei vom Chor")).toBe("DC");
  });

  it("leave signs out and keep letters whole", () => {
    expect(initialsOf("(Reading) circle")).toBe("RC");
    expect(initialsOf("𝒜lef")).toBe("𝒜");
    expect(initialsOf("…")).toBe("");
  });
});
