// Everything that can happen to a group is said in both languages, and the reader is spoken to.
import { groupChangeValues } from "@sotto/client";
import { expect, test } from "vitest";
import { groupEventWords } from "./group_event_words";

type GroupEvent = NonNullable<Parameters<typeof groupEventWords>[0]["group_event"]>;

const account = (name: string) => ({ account: `${name}-account`, name });

function words(changes: Partial<GroupEvent>, language: "en" | "de", own: string) {
  const group_event: GroupEvent = { change: "created", actor: account("anna"), accounts: [], more: 0, ...changes };
  return groupEventWords({ text: "In English.", group_event }, language, own);
}

test.each(groupChangeValues)("%s has words in both languages", (change) => {
  const accounts = [account("ben")];
  expect(words({ change, accounts }, "en", "zoe")).toMatch(/^anna [a-z].*\.$/);
  expect(words({ change, accounts }, "de", "zoe")).toMatch(/^anna (hat|ist) .*\.$/);
  expect(words({ change, accounts }, "de", "anna")).toMatch(/^Du (hast|bist) .*\.$/);
});

test("those not named are counted", () => {
  const added = { change: "members_added", accounts: [account("ben"), account("cleo")], more: 12 } as const;
  expect(words(added, "en", "zoe")).toBe("anna added ben, cleo, and 12 others.");
  expect(words(added, "de", "zoe")).toBe("anna hat ben, cleo und 12 weitere hinzugefügt.");
});

test("the reader is spoken to, whatever happens to them", () => {
  const accounts = [account("ben"), account("cleo")];
  expect(words({ change: "members_added", accounts }, "en", "ben")).toBe("anna added you and cleo.");
  expect(words({ change: "members_removed", accounts }, "de", "cleo")).toBe("anna hat ben und dich entfernt.");
  const made = { change: "role_changed", accounts: [account("ben")], role: "admin" } as const;
  expect(words(made, "de", "ben")).toBe("anna hat dir Verwaltungsrechte gegeben.");
  expect(words(made, "en", "zoe")).toBe("anna made ben an administrator.");
});

test("whoever is not known has no name", () => {
  expect(words({ change: "left", actor: account("") }, "de", "zoe")).toBe("Jemand hat die Gruppe verlassen.");
  expect(words({ change: "members_added", accounts: [account("")] }, "en", "zoe")).toBe("anna added somebody.");
});

test("new rules are told whole", () => {
  const policies = {
    shares_history: true,
    members_add: false,
    members_edit_profile: true,
    expires_after_ms: 86_400_000,
  };
  const told = words({ change: "policies_changed", policies }, "en", "zoe");
  expect(told).toContain("only administrators add members, members may change name and picture");
  expect(told).toContain("messages disappear after 1 day");
});

test("an event without its parts is shown as the engine says it", () => {
  const text = "anna moved the group.";
  expect(groupEventWords({ text }, "de", "ben")).toBe(text);
  const actor = { account: "00000000000000000000000000000000", name: "" };
  const group_event = { change: "created", actor, accounts: [], more: 0 } as const;
  expect(groupEventWords({ text, group_event }, "de", "ben")).toBe(text);
});
