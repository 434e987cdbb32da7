import { describe, expect, it } from "vitest";
import { deviceNameProblem, guessDeviceName } from "./device_name";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const edge =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36 Edg/140";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
const android = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0";

describe("the name of a new device", () => {
  it("says the browser and the system", () => {
    expect(guessDeviceName(chrome, "en")).toBe("Chrome on Linux");
    expect(guessDeviceName(edge, "de")).toBe("Edge auf Windows");
    expect(guessDeviceName(iphone, "en")).toBe("Safari on iPhone");
    expect(guessDeviceName(android, "de")).toBe("Firefox auf Android");
    expect(guessDeviceName("something else", "en")).toBe("Browser");
  });

  it("is at most 64 octets, counted as the engine counts them", () => {
    expect(deviceNameProblem("ü".repeat(32))).toBeNull();
    expect(deviceNameProblem("ü".repeat(33))).toBe("too_long");
  });
});
