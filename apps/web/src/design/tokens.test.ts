import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Tokens = Readonly<Record<string, string>>;

function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(tokens: Tokens, one: string, other: string): number {
  const [a, b] = [tokens[one], tokens[other]].map((colour) => luminance(colour ?? "#000000")) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const light = tokensOf(":root");
const dark = { ...light, ...tokensOf(':root[data-theme="dark"]') };
const themes = ["ink", "plum", "clay", "moss"].flatMap((accent): [string, Tokens][] => [
  [`light ${accent}`, { ...light, ...tokensOf(`:root[data-accent="${accent}"]`) }],
  [`dark ${accent}`, { ...dark, ...tokensOf(`:root[data-accent="${accent}"][data-theme="dark"]`) }],
]);

const texts = ["text-1", "text-2", "text-3", "accent", "danger", "warning", "success"];
const surfaces = ["surface-0", "surface-1", "surface-2", "surface-overlay"];

describe.each([["light teal", light], ["dark teal", dark], ...themes] as [string, Tokens][])(
  "colours of %s",
  (_, tokens) => {
    it("let every text be read on every surface", () => {
      for (const text of texts) {
        for (const surface of surfaces)
          expect.soft(contrast(tokens, text, surface), `${text} on ${surface}`).toBeGreaterThan(4.5);
      }
    });

    it("let what stands on a fill be read", () => {
      const pairs = [
        ["accent-text", "accent"],
        ["accent-text", "accent-strong"],
        ["danger-text", "danger"],
        ["accent", "accent-soft"],
        ["text-1", "accent-soft"],
        ["text-2", "accent-soft"],
        ["text-3", "accent-soft"],
        ["text-2", "surface-3"],
        ["danger", "danger-soft"],
        ["warning", "warning-soft"],
        ["success", "success-soft"],
      ] as const;
      for (const [text, fill] of pairs)
        expect.soft(contrast(tokens, text, fill), `${text} on ${fill}`).toBeGreaterThan(4.5);
    });

    it("show the outline of what can be operated", () => {
      for (const surface of surfaces) expect.soft(contrast(tokens, "line-strong", surface), surface).toBeGreaterThan(3);
    });
  },
);
