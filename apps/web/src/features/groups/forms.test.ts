// Forms accept what the engine takes, and say in words what it would not.
import { expect, test, vi } from "vitest";
import { FakeClient, FakeFailure } from "../../engine/testing/fake_client";
import { accountNameOf, nameProblem } from "./account_name";
import { groupsText } from "./groups_text";
import { MemberPicker } from "./member_picker_model";
import { commandOf, emptyPolicies, problemsOf } from "./new_group_form";
import { fitPicture } from "./picture";
import { timerChoices } from "./timers";

const t = groupsText.en;

function picker(client: FakeClient) {
  return new MemberPicker(client, { t, language: "en", own: "anna", members: new Set(["max"]) });
}

test("names are taken as people write them", () => {
  expect(accountNameOf(" @Ben.Miller ")).toBe("ben.miller");
  expect(nameProblem("ben.miller", t)).toBeUndefined();
  expect(nameProblem("be", t)).toBe(t.nameTooShort);
  expect(nameProblem("7up", t)).toBe(t.nameBeginsWrong);
  expect(nameProblem("jürgen", t)).toBe(t.nameWrongLetter);
});

test("each name is looked up, and only those that were found count", async () => {
  const client = new FakeClient().answer("list_devices", ({ name = "" }) => {
    if (name === "nobody") throw new FakeFailure({ code: "unknown_account" });
    return { account: "", version: 1, devices: [] };
  });
  const people = picker(client);
  people.add("ben, Cleo nobody");
  expect(people.chips().map(({ state }) => state)).toEqual(["checking", "checking", "checking"]);
  await vi.waitFor(() => expect(people.chips().every(({ state }) => state !== "checking")).toBe(true));
  expect(people.names()).toEqual(["ben", "cleo"]);
  expect(people.chips()[2]).toEqual({ name: "nobody", state: "wrong", problem: t.memberUnknown });
});

test("the own name, members and what is no name are refused without asking; repeats are passed over", () => {
  const client = new FakeClient().answer("list_devices", () => ({ account: "", version: 1, devices: [] }));
  const people = picker(client);
  people.add("anna max x ben ben");
  expect(people.chips().map(({ name, problem }) => [name, problem])).toEqual([
    ["anna", t.memberSelf],
    ["max", t.memberIn],
    ["x", t.nameTooShort],
    ["ben", ""],
  ]);
  expect(client.asked.length).toBe(1);
  people.removeLast();
  people.remove("max");
  expect(people.chips().map(({ name }) => name)).toEqual(["anna", "x"]);
});

test("a group needs a name within its limit, counted in octets", () => {
  const form = { isChannel: true, name: " Choir ", description: "", picture: "", policies: emptyPolicies };
  expect(problemsOf(form, t)).toEqual({ name: "", description: "" });
  expect(problemsOf({ ...form, name: "  " }, t).name).toBe(t.groupNameMissing);
  expect(problemsOf({ ...form, name: "ü".repeat(65) }, t).name).toBe(t.tooLong(128));
  expect(problemsOf({ ...form, description: "x".repeat(2_049) }, t).description).not.toBe("");
  expect(commandOf(form, ["ben"])).toMatchObject({ name: "Choir", is_channel: true, members: ["ben"] });
});

test("a picture is made smaller until it fits", async () => {
  const tried: number[] = [];
  const blob = await fitPicture(async (side, quality) => {
    tried.push(side);
    return new Blob([new Uint8Array(Math.round(side * side * quality * 0.5))]);
  });
  expect(blob?.size).toBeLessThanOrEqual(8_192);
  expect(tried.at(-1)).toBeLessThan(256);
  expect(await fitPicture(async () => undefined)).toBeUndefined();
});

test("a timer that another program set is among the choices", () => {
  expect(timerChoices(0, "Never", "en").map(({ label }) => label)).toContain("4 weeks");
  const choices = timerChoices(90_000, "Never", "en").map(({ label }) => label);
  expect(choices.slice(0, 3)).toEqual(["Never", "30 seconds", "90 seconds"]);
});
