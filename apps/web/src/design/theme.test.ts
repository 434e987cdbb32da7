import { describe, expect, it } from "vitest";
import { parseAppearance } from "./theme";

describe("the kept appearance", () => {
  it("is read back", () => {
    const kept = { theme: "dark", accent: "plum", motion: "reduced" } as const;
    expect(parseAppearance(JSON.stringify(kept))).toEqual(kept);
  });

  it("falls back to the defaults wherever it is not understood", () => {
    const defaults = { theme: "system", accent: "teal", motion: "system" };
    expect(parseAppearance(null)).toEqual(defaults);
    expect(parseAppearance("no JSON")).toEqual(defaults);
    expect(parseAppearance('"dark"')).toEqual(defaults);
    expect(parseAppearance('{"theme":"sepia","accent":3}')).toEqual(defaults);
  });
});
