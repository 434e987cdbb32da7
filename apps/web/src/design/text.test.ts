import { afterEach, describe, expect, it } from "vitest";
import { currentLanguage, defineText, plural, preferredLanguage, setLanguage } from "./text";

const text = defineText({
  en: {
    hello: "Hello",
    unread: (count: number) => plural("en", count, { one: "1 message", other: `${count} messages` }),
  },
  de: { hello: "Hallo", unread: (count) => plural("de", count, { one: "1 Nachricht", other: `${count} Nachrichten` }) },
});

// What follows has to fail to compile: that is how a missing text is found.
// @ts-expect-error a text is missing in German
defineText({ en: { hello: "Hello", bye: "Bye" }, de: { hello: "Hallo" } });
// @ts-expect-error German takes other values than English
defineText({ en: { count: (one: number) => `${one}` }, de: { count: (one: string) => one } });

afterEach(() => setLanguage("system"));

describe("texts", () => {
  it("say the same in both languages, with their plurals", () => {
    expect(text.en.unread(1)).toBe("1 message");
    expect(text.de.unread(1)).toBe("1 Nachricht");
    expect(text.en.unread(0)).toBe("0 messages");
    expect(text.de.unread(12)).toBe("12 Nachrichten");
  });
});

describe("the language", () => {
  it("is the first of the browser's that there is, else English", () => {
    expect(preferredLanguage(["fr-CA", "de-AT", "en-US"])).toBe("de");
    expect(preferredLanguage(["EN-gb"])).toBe("en");
    expect(preferredLanguage(["fr", "pt-BR"])).toBe("en");
    expect(preferredLanguage([])).toBe("en");
  });

  it("is the chosen one, and marks the page with it", () => {
    setLanguage("de");
    expect(currentLanguage()).toBe("de");
    expect(document.documentElement.lang).toBe("de");
    expect(localStorage.getItem("sotto.language")).toBe("de");
  });
});
