import { describe, expect, it } from "vitest";
import { drawModules } from "./qr_code";

describe("the drawing of a QR code", () => {
  it("covers exactly the dark modules, joined into runs", () => {
    const rows = [
      [true, true, false],
      [false, false, false],
      [false, true, true],
    ];
    expect(drawModules(rows)).toEqual({ size: 3, path: "M0 0h2v1H0zM1 2h2v1H1z" });
  });
});
