import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClient } from "../../../engine/testing/fake_client";
import { anna, idOf, sampleMessage } from "../development/sample_home";
import { referenceOf } from "../engine_types";
import { ComposerModel, mostOctets } from "./composer_model";

const conversation = idOf(1);
let client: FakeClient;

function composer(thread?: ReturnType<typeof referenceOf>): ComposerModel {
  return new ComposerModel(client, {
    conversation,
    members: () => [anna, { account: idOf(0xc3), name: "ann" }],
    now: () => Date.now(),
    ...(thread ? { thread } : {}),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient()
    .answer("send_text", () => ({ conversation, message: idOf(9) }))
    .answer("edit_message", () => ({ conversation, message: idOf(9) }))
    .answer("keep_conversation", () => ({}))
    .answer("set_typing", () => ({}));
});

const drafts = () => client.askedFor("keep_conversation").map(({ setting }) => setting.draft);

describe("sending", () => {
  it("empties the field at once and sends what stood there", async () => {
    const model = composer();
    model.setText("  Hello  ");
    const sending = model.send();
    expect(model.snapshot().text).toBe("");
    await sending;
    expect(client.askedFor("send_text")).toEqual([{ conversation, text: "Hello" }]);
  });

  it("gives the text back when it fails, before what was written meanwhile", async () => {
    client.fail("send_text", { code: "storage_failed" });
    const model = composer();
    model.setText("first");
    const sending = model.send();
    model.setText("second");
    await sending;
    expect(model.snapshot().text).toBe("first\nsecond");
    expect(model.snapshot().error).toBeDefined();
  });

  it("sends nothing that is blank or too long", async () => {
    const model = composer();
    model.setText(" \n ");
    expect(model.snapshot().canSend).toBe(false);
    model.setText("ä".repeat(mostOctets / 2 + 1));
    expect(model.snapshot()).toMatchObject({ canSend: false, octetsLeft: -2 });
    await model.send();
    expect(client.askedFor("send_text")).toEqual([]);
  });

  it("names whom the text mentions, each once and by the whole name", async () => {
    const model = composer();
    model.setText("@anna and @ann, @anna! not mail@anna");
    await model.send();
    expect(client.askedFor("send_text")[0]?.mentions).toEqual([anna.account, idOf(0xc3)]);
  });

  it("carries reply, timer and time once, and then none", async () => {
    const model = composer();
    const to = sampleMessage({});
    model.reply(to);
    model.setExpiry(30_000);
    model.setText("answer");
    await model.send(5_000);
    expect(client.askedFor("send_text")[0]).toMatchObject({
      reply_to: referenceOf(to),
      expires_after_ms: 30_000,
      not_before: 5_000,
    });
    expect(model.snapshot()).toMatchObject({ mode: { kind: "write" }, expiresAfterMs: undefined });
  });

  it("belongs to the thread that it is written in", async () => {
    const root = referenceOf(sampleMessage({}));
    const model = composer(root);
    model.setText("here");
    await model.send();
    expect(client.askedFor("send_text")[0]?.thread).toEqual(root);
  });
});

describe("editing", () => {
  const message = sampleMessage({ own: true, text: "old" });

  it("puts the old text into the field and brings back what stood there", async () => {
    const model = composer();
    model.setText("half a thought");
    model.edit(message);
    expect(model.snapshot().text).toBe("old");
    model.cancelMode();
    expect(model.snapshot()).toMatchObject({ text: "half a thought", mode: { kind: "write" } });
  });

  it("sends the change, and nothing if there is none", async () => {
    const model = composer();
    model.edit(message);
    await model.send();
    expect(client.askedFor("edit_message")).toEqual([]);
    model.edit(message);
    model.setText("new");
    await model.send();
    expect(client.askedFor("edit_message")).toMatchObject([{ target: referenceOf(message), text: "new" }]);
    expect(model.snapshot().text).toBe("");
  });

  it("stays in the field with its text when it fails", async () => {
    client.fail("edit_message", { code: "not_allowed" });
    const model = composer();
    model.setText("half");
    model.edit(message);
    model.setText("new");
    await model.send();
    expect(model.snapshot()).toMatchObject({ text: "new", mode: { kind: "edit" } });
    model.cancelMode();
    expect(model.snapshot().text).toBe("half");
  });

  it("is given up by a reply, without losing the draft", () => {
    const model = composer();
    model.setText("draft");
    model.edit(message);
    model.reply(sampleMessage({}));
    expect(model.snapshot()).toMatchObject({ text: "draft", mode: { kind: "reply" } });
  });
});

describe("the draft", () => {
  it("is kept when the writing rests, and on leaving", () => {
    const model = composer();
    model.setText("a");
    model.setText("ab");
    expect(drafts()).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(drafts()).toEqual(["ab"]);
    model.setText("abc");
    model.leave();
    expect(drafts()).toEqual(["ab", "abc"]);
  });

  it("is not asked to be kept again as it is", () => {
    const model = composer();
    model.takeDraft("kept");
    model.leave();
    expect(drafts()).toEqual([]);
  });

  it("comes from another device only while nothing was written here", () => {
    const model = composer();
    model.takeDraft("from there");
    expect(model.snapshot().text).toBe("from there");
    model.setText("mine");
    model.takeDraft("other");
    expect(model.snapshot().text).toBe("mine");
  });

  it("is empty after sending", async () => {
    const model = composer();
    model.setText("a");
    vi.advanceTimersByTime(1_000);
    await model.send();
    expect(drafts()).toEqual(["a", ""]);
  });

  it("is never the text of an edit", () => {
    const model = composer();
    model.setText("draft");
    model.edit(sampleMessage({ own: true, text: "old" }));
    model.setText("older");
    vi.advanceTimersByTime(2_000);
    model.leave();
    expect(drafts()).toEqual(["draft"]);
  });
});

describe("typing", () => {
  it("is told every two seconds at most, and its end at once", async () => {
    const model = composer();
    model.setText("a");
    model.setText("ab");
    vi.advanceTimersByTime(2_000);
    model.setText("abc");
    await model.send();
    expect(client.askedFor("set_typing").map(({ typing }) => typing)).toEqual([true, true, false]);
  });

  it("is not told for blank text", () => {
    const model = composer();
    model.setText("  ");
    model.leave();
    expect(client.askedFor("set_typing")).toEqual([]);
  });
});
