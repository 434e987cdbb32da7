import { describe, expect, it } from "vitest";
import { sampleMessage } from "../development/sample_home";
import { deliveryMarkOf, readBy } from "./delivery_words";
import { actionsFor } from "./message_actions";
import { spokenWords } from "./spoken_words";
import { noticeWords } from "./system_words";
import { timeLeft } from "./time_left";
import { undecryptableText, undecryptableWords } from "./undecryptable_words";

const writer = { mayWrite: true, mayModerate: false };
const own = (change = {}) => sampleMessage({ own: true, text: "Hi", ...change });

describe("delivery marks", () => {
  it("stand for how far an own message has come", () => {
    expect(deliveryMarkOf(own({ seq: 0, state: "pending" }))).toBe("pending");
    expect(deliveryMarkOf(own({ seq: 0, state: "pending", not_before: 5 }))).toBe("scheduled");
    expect(deliveryMarkOf(own({ state: "read" }))).toBe("read");
    expect(deliveryMarkOf(own({ state: "failed" }))).toBe("failed");
  });

  it("are missing on messages of others and on what was deleted", () => {
    expect(deliveryMarkOf(sampleMessage({}))).toBeUndefined();
    expect(deliveryMarkOf(own({ kind: "deleted" }))).toBeUndefined();
  });

  it("say of each other member how far it is, and nothing of oneself", () => {
    const marks = [
      { account: "1", name: "me", delivered: 9, read: 9 },
      { account: "2", name: "anna", delivered: 9, read: 9 },
      { account: "3", name: "bo", delivered: 9, read: 3 },
      { account: "4", name: "emre", delivered: 2, read: 0 },
    ];
    expect(readBy(7, marks, "1")).toEqual({ read: ["anna"], delivered: ["bo"], waiting: ["emre"] });
  });
});

describe("a line that cannot be shown", () => {
  it("is either waited for or out of reach, and always says why", () => {
    for (const language of ["en", "de"] as const) {
      const text = undecryptableText[language];
      const waiting = undecryptableWords({ cause: "no_session", readability: "waiting" }, text);
      const lost = undecryptableWords({ cause: "not_shared", readability: "no_access" }, text);
      expect(waiting).toMatchObject({ title: text.waiting, isWaiting: true });
      expect(lost).toMatchObject({ title: text.no_access, isWaiting: false });
      const { none, ...causes } = text.why;
      expect(none).toBe("");
      expect(Object.values(causes).every((why) => why.length > 10)).toBe(true);
    }
    expect(undecryptableText.en.waiting).toBe("Waiting for this message");
    expect(undecryptableText.en.no_access).toBe("You don't have access to this message");
  });
});

describe("notices", () => {
  it("speak of the reader as you, in both languages", () => {
    const timer = own({ kind: "timer_change", timer_ms: 3_600_000 });
    expect(noticeWords(timer, "en", "clara")).toBe("You set messages to disappear after 1 hour.");
    expect(noticeWords({ ...timer, timer_ms: 0 }, "de", "clara")).toContain("Du hast");
    const account = (name: string) => ({ account: name, name });
    const group_event = {
      change: "members_added",
      actor: account("anna"),
      accounts: [account("clara"), account("bo")],
      more: 0,
    } as const;
    const added = sampleMessage({ kind: "group_event", text: "anna added clara, bo.", group_event });
    expect(noticeWords(added, "de", "clara")).toBe("anna hat dich und bo hinzugefügt.");
  });
});

describe("what a screen reader says", () => {
  it("begins with who and what", () => {
    const words = spokenWords(sampleMessage({ text: "Hello", sent_at: Date.now() }), "en");
    expect(words.startsWith("anna: Hello, ")).toBe(true);
    expect(spokenWords(own({ state: "read" }), "de")).toMatch(/^Du: Hi, .*Gelesen$/);
  });

  it("says of what cannot be shown which of the two states it is in", () => {
    const line = sampleMessage({ state: "undecryptable", cause: "no_session", readability: "waiting" });
    expect(spokenWords(line, "en")).toContain("Waiting for this message");
  });
});

describe("actions on a message", () => {
  it("change nothing of others' messages, unless one moderates", () => {
    const actions = actionsFor(sampleMessage({ text: "x" }), writer);
    expect(actions).not.toContain("edit");
    expect(actions).not.toContain("delete_for_everyone");
    expect(actionsFor(sampleMessage({}), { mayWrite: true, mayModerate: true })).toContain("delete_for_everyone");
  });

  it("offer trying again for what failed, and taking back what waits", () => {
    expect(actionsFor(own({ state: "failed" }), writer)).toContain("retry");
    expect(actionsFor(own({ seq: 0, state: "pending" }), writer)).toContain("cancel");
  });

  it("write nothing where nothing may be written", () => {
    const actions = actionsFor(own(), { mayWrite: false, mayModerate: false });
    expect(actions).not.toContain("reply");
    expect(actions).not.toContain("edit");
    expect(actions).toContain("copy");
  });

  it("copy or forward nothing that cannot be read", () => {
    const line = sampleMessage({ state: "undecryptable", cause: "tampered" });
    expect(actionsFor(line, writer)).toEqual(["info", "delete_for_me"]);
  });
});

describe("the time that is left", () => {
  it("is said in its largest unit and never as nothing", () => {
    expect(timeLeft("en", 90_000, "long")).toBe("2 minutes");
    expect(timeLeft("de", 12_000, "long")).toBe("12 Sekunden");
    expect(timeLeft("en", 0, "long")).toBe("1 second");
  });
});
