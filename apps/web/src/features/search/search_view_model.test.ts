// The search follows what is typed without asking for every letter, and shows the answer to the newest question only.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { sampleMessage } from "../conversation_list/testing/samples";
import { byConversation, forgetSearches, recentSearches, rememberSearch, SearchModel } from "./search_view_model";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function found(text: string, conversation = "c1") {
  return { message: sampleMessage({ text, conversation, message: text }), highlights: [] };
}

test("typing is awaited before anything is asked", async () => {
  const client = new FakeClient().answer("search_messages", () => ({ messages: [found("tea")], more: false }));
  const model = new SearchModel(client, "");
  for (const words of ["t", "te", "tea"]) {
    model.change({ words });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(client.asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(client.askedFor("search_messages")).toEqual([{ words: "tea", limit: 50 }]);
  expect(model.getSnapshot()).toMatchObject({ state: "found", hasMore: false });
});

test("a late answer to an earlier question is not shown", async () => {
  const answers: ((words: string) => void)[] = [];
  const client = new FakeClient().answer(
    "search_messages",
    () => new Promise((resolve) => answers.push((words) => resolve({ messages: [found(words)], more: false }))),
  );
  const model = new SearchModel(client, "");
  model.change({ words: "first" });
  await vi.advanceTimersByTimeAsync(200);
  model.change({ words: "second" });
  await vi.advanceTimersByTimeAsync(200);
  answers[1]?.("second");
  await vi.advanceTimersByTimeAsync(0);
  answers[0]?.("first");
  await vi.advanceTimersByTimeAsync(0);
  expect(model.getSnapshot().found.map(({ message }) => message.text)).toEqual(["second"]);
});

test("emptying the field ends the search, and what was on its way with it", async () => {
  const client = new FakeClient().answer("search_messages", () => ({ messages: [found("tea")], more: false }));
  const model = new SearchModel(client, "c1");
  model.change({ words: "tea" });
  await vi.advanceTimersByTimeAsync(200);
  model.change({ words: "" });
  expect(model.getSnapshot()).toMatchObject({ state: "idle", found: [] });
  await vi.advanceTimersByTimeAsync(500);
  expect(client.asked.length).toBe(1);
});

test("filters are looked for at once and kept with the conversation", async () => {
  const client = new FakeClient().answer("search_messages", () => ({ messages: [], more: true }));
  const model = new SearchModel(client, "c1");
  model.change({ sender: "ben" });
  await vi.advanceTimersByTimeAsync(0);
  expect(client.askedFor("search_messages")[0]).toEqual({ words: "", limit: 50, conversation: "c1", sender: "ben" });
  await model.showMore();
  expect(client.askedFor("search_messages")[1]?.limit).toBe(200);
});

test("a failure is told and the next question is asked anew", async () => {
  const client = new FakeClient().fail("search_messages", { code: "unknown_account" });
  const model = new SearchModel(client, "");
  model.change({ sender: "nobody" });
  await vi.advanceTimersByTimeAsync(0);
  expect(model.getSnapshot().state).toBe("failed");
});

test("results are grouped by conversation, the newest first", () => {
  const groups = byConversation([found("1", "b"), found("2", "a"), found("3", "b")]);
  expect(groups.map(([id, messages]) => [id, messages.length])).toEqual([
    ["b", 2],
    ["a", 1],
  ]);
});

test("recent searches are few, unlike one another, and forgotten when asked", () => {
  for (let index = 0; index < 10; ++index) rememberSearch(`search ${index}`);
  rememberSearch(" search 5 ");
  rememberSearch("  ");
  expect(recentSearches().length).toBe(8);
  expect(recentSearches()[0]).toBe("search 5");
  forgetSearches();
  expect(recentSearches()).toEqual([]);
});
