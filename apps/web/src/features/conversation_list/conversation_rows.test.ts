// A row says in words what its conversation is about, in both languages, and each filter shows what it names.
import { expect, test } from "vitest";
import { conversationListText } from "./conversation_list_text";
import { filtered, muchLater, rowOf, spokenRow, unreadTotal } from "./conversation_rows";
import type { Conversation } from "./conversations_store";
import { previewOf } from "./message_preview";
import { plainLine } from "./plain_line";
import { sampleConversation, sampleGroup, sampleMessage } from "./testing/samples";

const now = Date.UTC(2026, 10, 21, 12);
const en = { t: conversationListText.en, language: "en", own: "anna", now } as const;
const de = { t: conversationListText.de, language: "de", own: "anna", now } as const;

function says(conversation: Conversation, context: typeof en | typeof de = en) {
  const { prefix, text } = previewOf(conversation, [], context);
  return prefix === "" ? text : `${prefix}: ${text}`;
}

test("the last message is one line without Markdown", () => {
  expect(plainLine("# Title\n\n- **bold** and _soft_ with `code`\n> quoted [a link](https://example.org)")).toBe(
    "Title bold and soft with code quoted a link",
  );
  expect(plainLine("2 * 3 * 4 and snake_case_name")).toBe("2 * 3 * 4 and snake_case_name");
});

test("authors are named in groups, and the reader everywhere but in notes", () => {
  expect(says(sampleConversation())).toBe("Hello");
  expect(says(sampleGroup())).toBe("ben: Hello");
  const own = sampleMessage({ own: true, state: "delivered" });
  expect(says(sampleConversation({ last_message: own }))).toBe("You: Hello");
  expect(says(sampleConversation({ last_message: own }), de)).toBe("Du: Hello");
  expect(says(sampleConversation({ kind: "self", last_message: own }))).toBe("Hello");
  expect(previewOf(sampleConversation({ last_message: own }), [], en).mark).toBe("delivered");
});

test("typing comes before a draft, and a draft before the last message", () => {
  const conversation = sampleConversation({ draft: "Dear *Ben*" });
  expect(says(conversation)).toBe("Draft: Dear Ben");
  expect(previewOf(conversation, [{ account: "b", name: "ben" }], en).text).toBe("typing…");
  expect(previewOf(sampleGroup(), [{ account: "b", name: "ben" }], de).text).toBe("ben schreibt …");
});

const added = {
  change: "members_added",
  actor: { account: "b", name: "ben" },
  accounts: [{ account: "a", name: "anna" }],
  more: 0,
} as const;

test("what is told, deleted or cannot be read is said in words", () => {
  const last = (changes: Parameters<typeof sampleMessage>[0]) => sampleGroup({ last_message: sampleMessage(changes) });
  expect(says(last({ kind: "deleted", text: "" }))).toBe("This message was deleted");
  expect(says(last({ state: "undecryptable", readability: "waiting", text: "" }), de)).toBe(
    "Warten auf diese Nachricht",
  );
  expect(says(last({ state: "undecryptable", readability: "no_access", text: "" }))).toBe(
    "You don't have access to this message",
  );
  expect(says(last({ kind: "timer_change", timer_ms: 86_400_000 }))).toBe("ben set messages to disappear after 1 day");
  expect(says(last({ kind: "timer_change", timer_ms: 0 }), de)).toBe("ben lässt Nachrichten bleiben");
  expect(says(last({ kind: "group_event", text: "ben added anna.", group_event: added }), de)).toBe(
    "ben hat dich hinzugefügt.",
  );
  expect(
    says(sampleConversation({ last_message: sampleMessage({ kind: "typed", text: "Interview on Monday" }) })),
  ).toBe("Interview on Monday");
});

test("filters show what they name", () => {
  const all = [
    sampleConversation({ conversation: "read" }),
    sampleConversation({ conversation: "unread", unread: 2 }),
    sampleConversation({ conversation: "marked", marked_unread: true }),
    sampleGroup({ conversation: "group" }),
    sampleConversation({ conversation: "away", archived: true }),
    sampleConversation({ conversation: "away, unread", archived: true, unread: 1 }),
  ];
  const shown = (filter: Parameters<typeof filtered>[1], current = "") =>
    filtered(all, filter, current).map(({ conversation }) => conversation);
  expect(shown("all")).toEqual(["read", "unread", "marked", "group"]);
  expect(shown("unread")).toEqual(["unread", "marked"]);
  expect(shown("unread", "read")).toEqual(["read", "unread", "marked"]);
  expect(shown("groups")).toEqual(["group"]);
  expect(shown("archived")).toEqual(["away", "away, unread"]);
});

test("muted conversations do not count for attention", () => {
  const conversations = [
    sampleConversation({ unread: 2 }),
    sampleConversation({ conversation: "c2", unread: 5, muted_until: now + 1 }),
    sampleConversation({ conversation: "c3", marked_unread: true }),
  ];
  expect(unreadTotal({ state: "ready", conversations, mentioned: new Set() }, now)).toBe(3);
});

test("a screen reader hears who and what first", () => {
  const conversation = sampleGroup({ unread: 2, pinned: true, muted_until: muchLater, last_activity: now });
  const spoken = spokenRow(rowOf(conversation, [], true, en), false, en.t);
  expect(spoken).toMatch(/^Choir, ben: Hello, .*2 unread messages, You are mentioned, Pinned, Muted$/);
});
