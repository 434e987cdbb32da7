import { describe, expect, it } from "vitest";
import { nameProblem, passwordStrength } from "./account_rules";

describe("an account's name", () => {
  it("has 3 to 32 of a-z, digits, dots, underscores and hyphens, and begins with a letter", () => {
    expect(nameProblem("al")).toBe("too_short");
    expect(nameProblem("a".repeat(33))).toBe("too_long");
    expect(nameProblem("1alice")).toBe("begins_wrong");
    expect(nameProblem("alice müller")).toBe("wrong_letter");
    expect(nameProblem("Alice.B_2-x")).toBeNull();
  });
});

describe("a password's strength", () => {
  it("does not reach anything below eight characters, however odd they are", () => {
    expect(passwordStrength("a!9Z?$m", "alice")).toBe("too_short");
  });
  it("is weak for repeats, rows and the own name", () => {
    expect(passwordStrength("aaaaaaaaaaaa", "alice")).toBe("weak");
    expect(passwordStrength("12345678901", "alice")).toBe("weak");
    expect(passwordStrength("alicealice12", "alice")).toBe("weak");
  });
  it("is strong for several words", () => {
    expect(passwordStrength("copper window battery", "alice")).toBe("strong");
  });
});
