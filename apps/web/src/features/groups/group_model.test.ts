// A group's pane follows what is changed in the group, tells its history backwards, and asks for what was meant.
import { expect, test, vi } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { sampleMessage } from "../conversation_list/testing/samples";
import { groupActions } from "./group_actions";
import { readChanges } from "./group_history";
import { GroupStore } from "./group_store";
import { groupsText } from "./groups_text";
import { profileChanges, profileProblems } from "./profile_form";

const profile = { salt: "00", name: "Choir", description: "", subject: "", context: "", picture: "" };
const policies = { shares_history: false, members_add: false, members_edit_profile: false, expires_after_ms: 0 };
const group = { conversation: "g1", kind: "group", profile, policies, members: [], number: 1, closed: false } as const;

test("the group is read again when it is changed, and not for what is written in it", async () => {
  const client = new FakeClient().answer("show_group", () => group);
  const store = new GroupStore(client, "g1");
  const end = store.start();
  await vi.waitFor(() => expect(store.getSnapshot().state).toBe("ready"));
  const told = (kind: "text" | "group_event", conversation: string) =>
    client.emit("message_received", { message: sampleMessage({ kind, conversation }) });
  told("text", "g1");
  told("group_event", "another");
  expect(client.asked.length).toBe(1);
  told("group_event", "g1");
  expect(client.asked.length).toBe(2);
  end();
  told("group_event", "g1");
  expect(client.asked.length).toBe(2);
});

test("a group that was never read says so, and one that was stays when reading it fails", async () => {
  const client = new FakeClient().fail("show_group", { code: "unknown_conversation" });
  const store = new GroupStore(client, "g1");
  await store.read();
  expect(store.getSnapshot().state).toBe("unknown");
  client.answer("show_group", () => group);
  await store.read();
  client.fail("show_group", { code: "storage_failed" });
  await store.read();
  expect(store.getSnapshot()).toEqual({ state: "ready", group });
});

test("the history of changes is looked for backwards, newest first, until there are some", async () => {
  const line = (seq: number) => {
    const kind = seq % 40 === 0 ? ("group_event" as const) : ("text" as const);
    return sampleMessage({ conversation: "g1", seq, message: `m${seq}`, kind });
  };
  const client = new FakeClient().answer("read_history", ({ before = 1_001 }) => {
    const first = Math.max(1, before - 200);
    const messages = Array.from({ length: before - first }, (_, index) => line(first + index));
    return { conversation: "g1", messages, more: first > 1 };
  });
  const newest = await readChanges(client, "g1");
  expect(newest.lines.slice(0, 3).map(({ seq }) => seq)).toEqual([1_000, 960, 920]);
  expect(newest.before).toBe(201);
  const rest = await readChanges(client, "g1", newest.before);
  expect(rest.lines.map(({ seq }) => seq)).toEqual([200, 160, 120, 80, 40]);
  expect(rest.before).toBeUndefined();
});

test("only what was changed of the profile is sent", () => {
  expect(profileChanges(profile, profile)).toBeUndefined();
  expect(profileChanges(profile, { ...profile, name: " Choir " })).toBeUndefined();
  expect(profileChanges(profile, { ...profile, subject: "Concert", picture: "/9j/" })).toEqual({
    subject: "Concert",
    picture: "/9j/",
  });
  const problems = profileProblems({ ...profile, context: "x".repeat(257) }, groupsText.en);
  expect(problems).toEqual({ name: "", description: "", subject: "", context: groupsText.en.tooLong(256) });
});

test("each action names its group and whom it is about", async () => {
  const client = new FakeClient();
  for (const name of ["add_members", "set_role", "remove_members", "leave_group"] as const)
    client.answer(name, () => ({}));
  const actions = groupActions(client, "g1");
  await actions.add(["ben", "cleo"], "read_only");
  await actions.setRole("ben", "owner");
  await actions.remove("cleo");
  await actions.leave();
  expect(client.asked).toEqual([
    { name: "add_members", parameters: { conversation: "g1", names: ["ben", "cleo"], role: "read_only" } },
    { name: "set_role", parameters: { conversation: "g1", name: "ben", role: "owner" } },
    { name: "remove_members", parameters: { conversation: "g1", names: ["cleo"] } },
    { name: "leave_group", parameters: { conversation: "g1" } },
  ]);
});
