import { describe, expect, it } from "vitest";
import { sampleConversation } from "../../features/conversation_list/testing/samples";
import { neighbour } from "./app_shortcuts";
import { type KeyPress, matches, shortcutLabel } from "./keys";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("a combination", () => {
  it("is Command on a Mac and Control elsewhere", () => {
    expect(matches(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true);
    expect(matches(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
    expect(matches(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false);
  });

  it("is not another one with more or fewer keys held", () => {
    expect(matches(press("k", { ctrlKey: true, shiftKey: true }), "Mod+K", false)).toBe(false);
    expect(matches(press("ArrowUp", { altKey: true }), "Alt+Shift+ArrowUp", false)).toBe(false);
    expect(matches(press("F6"), "Shift+F6", false)).toBe(false);
  });

  it("of a sign holds however the keyboard makes that sign", () => {
    expect(matches(press("?", { shiftKey: true }), "?", false)).toBe(true);
    expect(matches(press("?"), "?", false)).toBe(true);
  });

  it("is written as people know it", () => {
    expect(shortcutLabel("Mod+Shift+F", false)).toBe("Ctrl ⇧ F");
    expect(shortcutLabel("Mod+K", true)).toBe("⌘ K");
    expect(shortcutLabel("+", false)).toBe("+");
  });
});

describe("the next conversation", () => {
  const all = [
    sampleConversation({ conversation: "a" }),
    sampleConversation({ conversation: "b", unread: 2 }),
    sampleConversation({ conversation: "c", archived: true, unread: 1 }),
    sampleConversation({ conversation: "d" }),
  ];

  it("follows the list, wraps around and passes over what is archived", () => {
    expect(neighbour(all, "a", 1, false)).toBe("b");
    expect(neighbour(all, "b", 1, false)).toBe("d");
    expect(neighbour(all, "d", 1, false)).toBe("a");
    expect(neighbour(all, "", -1, false)).toBe("d");
  });

  it("may be only an unread one, and is none when there is no other", () => {
    expect(neighbour(all, "d", 1, true)).toBe("b");
    expect(neighbour(all, "b", 1, true)).toBeUndefined();
    expect(neighbour([], "", 1, false)).toBeUndefined();
  });
});
