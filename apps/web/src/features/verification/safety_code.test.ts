import { describe, expect, it } from "vitest";
import { compareSafetyCode, digitGroups } from "./safety_code";

const end = (account: number, key: number) => [...Array(16).fill(account), ...Array(32).fill(key)] as number[];
const code = (own: number[], peer: number[], version = 1) => Uint8Array.from([version, ...own, ...peer]);

const own = code(end(1, 11), end(2, 22));

describe("a scanned safety code", () => {
  it("agrees when it is the own one with its ends exchanged", () => {
    expect(compareSafetyCode(own, code(end(2, 22), end(1, 11)))).toBe("same");
  });
  it("does not agree with itself: that would be the own screen", () => {
    expect(compareSafetyCode(own, own)).toBe("other_accounts");
  });
  it("tells a differing key on either side from another person's code", () => {
    expect(compareSafetyCode(own, code(end(2, 99), end(1, 11)))).toBe("keys_differ");
    expect(compareSafetyCode(own, code(end(2, 22), end(1, 99)))).toBe("keys_differ");
    expect(compareSafetyCode(own, code(end(3, 22), end(1, 11)))).toBe("other_accounts");
  });
  it("refuses what is no code, is cut off, or is of a newer version", () => {
    expect(compareSafetyCode(own, new Uint8Array())).toBe("not_a_code");
    expect(compareSafetyCode(own, own.subarray(1))).toBe("not_a_code");
    expect(compareSafetyCode(own, code(end(2, 22), end(1, 11), 2))).toBe("newer_version");
  });
});

describe("a safety number", () => {
  it("is read in twelve groups of five", () => {
    const groups = digitGroups("0123456789".repeat(6));
    expect(groups).toHaveLength(12);
    expect(groups[0]).toBe("01234");
  });
});
