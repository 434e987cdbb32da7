import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConversationsStore } from "../conversation_list/conversations_store";
import { ConversationModel, silenceOf } from "./conversation_model";
import { anna, idOf, SampleHome, sampleMessage, sampleSummary, self } from "./development/sample_home";
import type { ConversationSummary, GroupShown } from "./engine_types";

const conversation = idOf(1);
let home: SampleHome;

async function open(change: Partial<ConversationSummary> = {}): Promise<ConversationModel> {
  home.put(sampleSummary({ conversation, ...change }), []);
  const model = new ConversationModel(home.client, {
    conversation,
    self,
    summaries: new ConversationsStore(home.client),
  });
  model.subscribe(() => undefined);
  await model.load();
  return model;
}

const group = (change: Partial<GroupShown>): GroupShown => ({
  conversation,
  kind: "group",
  profile: { salt: idOf(3), name: "Choir", description: "", subject: "", context: "", picture: "" },
  policies: { shares_history: false, members_add: false, members_edit_profile: false, expires_after_ms: 0 },
  members: [],
  number: 1,
  closed: false,
  own_role: "member",
  ...change,
});

async function openGroup(change: Partial<GroupShown>, kind: "group" | "channel" = "group") {
  home.client.answer("show_group", () => group({ kind, ...change }));
  return silenceOf((await open({ kind, peer: idOf(0), peer_name: "" })).snapshot());
}

beforeEach(() => {
  vi.useFakeTimers();
  home = new SampleHome();
});

describe("whether one may write", () => {
  it("depends in groups on the role and on whether they are closed", async () => {
    expect(await openGroup({ own_role: "member" })).toBeUndefined();
    expect(await openGroup({ own_role: "read_only" })).toBe("read_only");
    expect(await openGroup({ own_role: "owner", closed: true })).toBe("closed");
    const { own_role: _, ...left } = group({});
    home.client.answer("show_group", () => left);
    expect(silenceOf((await open({ kind: "group" })).snapshot())).toBe("left");
  });

  it("is for administrators alone in channels", async () => {
    expect(await openGroup({ own_role: "member" }, "channel")).toBe("reader");
    expect(await openGroup({ own_role: "admin" }, "channel")).toBeUndefined();
  });

  it("ends with a changed identity of a verified contact, until the verification is withdrawn", async () => {
    const model = await open({ verification: "changed" });
    expect(silenceOf(model.snapshot())).toBe("identity_changed");
    home.client.answer("set_verified", () => {
      home.put(sampleSummary({ conversation, verification: "unverified" }), []);
      return { account: anna.account, digits: "", qr: "", verification: "unverified" };
    });
    await model.withdrawVerification();
    expect(home.client.askedFor("set_verified")).toEqual([{ name: "anna", verified: false }]);
    expect(silenceOf(model.snapshot())).toBeUndefined();
  });

  it("ends with blocking, and comes back with unblocking", async () => {
    const model = await open();
    await model.setBlocked(true);
    expect(silenceOf(model.snapshot())).toBe("blocked");
    await model.setBlocked(false);
    expect(silenceOf(model.snapshot())).toBeUndefined();
  });
});

describe("a changed identity of a contact who was not verified", () => {
  it("is a notice that can be put away, and stops nothing", async () => {
    const model = await open({ verification: "unverified" });
    home.client.emit("identity_changed", { ...anna, verification: "unverified", text: "" });
    expect(model.snapshot().hasNewIdentity).toBe(true);
    expect(silenceOf(model.snapshot())).toBeUndefined();
    model.dismissIdentityNotice();
    expect(model.snapshot().hasNewIdentity).toBe(false);
  });
});

describe("who is typing", () => {
  const typing = (change = {}) =>
    home.client.emit("typing_changed", { conversation, ...anna, typing: true, ...change });

  it("is said until they stop, send, or are not heard of any more", async () => {
    const model = await open();
    typing();
    expect(model.snapshot().typing).toEqual(["anna"]);
    typing({ typing: false });
    expect(model.snapshot().typing).toEqual([]);
    typing();
    home.client.emit("message_received", { message: sampleMessage({ conversation }) });
    expect(model.snapshot().typing).toEqual([]);
    typing();
    vi.advanceTimersByTime(10_000);
    expect(model.snapshot().typing).toEqual([]);
  });

  it("is never oneself, nor somebody elsewhere", async () => {
    const model = await open();
    typing({ account: self.account });
    typing({ conversation: idOf(5) });
    expect(model.snapshot().typing).toEqual([]);
  });
});

describe("what is not on this device", () => {
  it("is known as such once the engine has answered", async () => {
    const model = new ConversationModel(home.client, {
      conversation: idOf(42),
      self,
      summaries: new ConversationsStore(home.client),
    });
    expect(model.snapshot()).toMatchObject({ summary: undefined, isLoaded: false });
    await model.load();
    expect(model.snapshot()).toMatchObject({ summary: undefined, isLoaded: true });
  });
});
