import { beforeEach, describe, expect, it } from "vitest";
import { FakeClient } from "../../../engine/testing/fake_client";
import { idOf, sampleMessage } from "../development/sample_home";
import { readReference, referenceOf, writeReference } from "../engine_types";
import { ThreadModel } from "./thread_model";

const conversation = idOf(1);
const root = sampleMessage({ conversation, seq: 3, text: "root" });
const answer = sampleMessage({ conversation, seq: 5, text: "answer", thread: referenceOf(root) });
let client: FakeClient;

async function open(): Promise<ThreadModel> {
  const model = new ThreadModel(client, { conversation, root: referenceOf(root) });
  model.subscribe(() => undefined);
  await model.load();
  return model;
}

const texts = (model: ThreadModel) => model.snapshot().rows.map((row) => row.message.text);

beforeEach(() => {
  client = new FakeClient().answer("read_thread", () => ({ messages: [root, answer] }));
});

describe("a thread", () => {
  it("begins with its first message and takes in what belongs to it", async () => {
    const model = await open();
    const next = sampleMessage({ conversation, seq: 9, text: "next", thread: referenceOf(root) });
    client.emit("message_received", { message: next });
    client.emit("message_received", { message: sampleMessage({ conversation, seq: 10, text: "elsewhere" }) });
    expect(texts(model)).toEqual(["root", "answer", "next"]);
  });

  it("shows the deletion of a message that no longer names its thread", async () => {
    const model = await open();
    const { thread: _, ...rest } = answer;
    client.emit("message_changed", { message: { ...rest, kind: "deleted", text: "" } });
    expect(model.snapshot().rows.map((row) => row.message.kind)).toEqual(["text", "deleted"]);
  });

  it("says that it is not here", async () => {
    client.fail("read_thread", { code: "unknown_message" });
    expect((await open()).snapshot().state).toBe("failed");
  });

  it("has an address that names its first message, and nothing else is one", () => {
    expect(readReference(writeReference(referenceOf(root)))).toEqual(referenceOf(root));
    for (const text of ["", "a.b", "a.b.c.d", "../../x", "a.b.zz"]) expect(readReference(text), text).toBeUndefined();
  });
});
