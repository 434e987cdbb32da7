// An invitation is opened however it comes, survives the way through onboarding, and is used once.
import { beforeEach, expect, test, vi } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { JoinModel } from "./join_view_model";

const origin = "https://chat.example.org";
const conversation = "664432fccb83b6573954d0a49250c865";
const link =
  "sotto-group:ChhodHRwczovL2NoYXQuZXhhbXBsZS5vcmcSEGZEMvzLg7ZXOVTQpJJQyGUaEN10cn2g6S0V9xjZcTtHeooiIG-A3fhEfa9hPJdg3SBKMMyYK9FEzqrL0XtbBn1yNZ0n";

let kept: Map<string, string>;
let client: FakeClient;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  client = new FakeClient();
});

test("a link in the address is shown before anything is asked of anybody", () => {
  const model = new JoinModel(client, origin, `#${link}`);
  expect(model.getSnapshot()).toMatchObject({ step: "preview", isElsewhere: false, failure: "" });
  expect(client.asked).toEqual([]);
});

test("the invitation waits while an account is made", () => {
  new JoinModel(client, origin, `#${link}`);
  const afterwards = new JoinModel(client, origin, "");
  expect(afterwards.getSnapshot()).toMatchObject({ step: "preview", invitation: { link, conversation } });
});

test("joining leads into the group, and the invitation waits no longer", async () => {
  client.answer("join_group", () => ({ conversation, waits_for_approval: false }));
  const model = new JoinModel(client, origin, `#${link}`);
  await model.join("en");
  expect(client.askedFor("join_group")).toEqual([{ link, server: "" }]);
  expect(model.getSnapshot()).toEqual({ step: "joined", conversation });
  expect(kept.size).toBe(0);
});

test("where approval is needed the reader is told to wait", async () => {
  client.answer("join_group", () => ({ conversation, waits_for_approval: true }));
  const model = new JoinModel(client, origin, `#${link}`);
  await model.join("en");
  expect(model.getSnapshot().step).toBe("waiting");
});

test("a void invitation says so and may be tried again", async () => {
  client.fail("join_group", { code: "invitation_void" });
  const model = new JoinModel(client, origin, `#${link}`);
  await model.join("de");
  expect(model.getSnapshot()).toMatchObject({ step: "preview", isJoining: false });
  expect(model.getSnapshot()).toHaveProperty("failure", expect.stringContaining("Einladung"));
  expect(kept.size).toBe(1);
});

test("a group on another server is not joined from here, unless it is this one under another address", () => {
  const model = new JoinModel(client, "https://other.example.org", `#${link}`);
  expect(model.getSnapshot()).toMatchObject({ isElsewhere: true });
  model.stayHere();
  expect(model.getSnapshot()).toMatchObject({ isElsewhere: false });
});

test("what is pasted is read, or refused", () => {
  const model = new JoinModel(client, origin, "");
  expect(model.getSnapshot()).toEqual({ step: "enter", problem: false });
  model.open("hello");
  expect(model.getSnapshot()).toEqual({ step: "enter", problem: true });
  model.open(`${origin}/join#${link}`);
  expect(model.getSnapshot().step).toBe("preview");
  model.discard();
  expect(model.getSnapshot()).toEqual({ step: "enter", problem: false });
  expect(kept.size).toBe(0);
});
