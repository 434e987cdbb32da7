// What is offered to a role is what the membership rules allow it, no more and no less.
import type { Role } from "@sotto/client";
import { expect, test } from "vitest";
import { compareMembers, type Group, mayRemove, rightsIn, rolesToAdd, rolesToGive } from "./permissions";

const strict = { shares_history: false, members_add: false, members_edit_profile: false, expires_after_ms: 0 };
const open = { ...strict, members_add: true, members_edit_profile: true };

function group(changes: Partial<Group>): Group {
  return {
    conversation: "00",
    kind: "group",
    profile: { salt: "00", name: "Choir", description: "", subject: "", context: "", picture: "" },
    policies: strict,
    members: [],
    number: 1,
    closed: false,
    own_role: "member",
    ...changes,
  };
}

test("whoever adds gives at most the role below the own one, a member at most member", () => {
  expect(rolesToAdd("owner", strict)).toEqual(["admin", "member", "read_only"]);
  expect(rolesToAdd("admin", strict)).toEqual(["member", "read_only"]);
  expect(rolesToAdd("member", strict)).toEqual([]);
  expect(rolesToAdd("member", open)).toEqual(["member", "read_only"]);
  expect(rolesToAdd("read_only", open)).toEqual([]);
});

test("only owner and administrators remove, and only who is of lower rank", () => {
  const roles: Role[] = ["owner", "admin", "member", "read_only"];
  const removable = (actor: Role) => roles.filter((role) => mayRemove(actor, role));
  expect(removable("owner")).toEqual(["admin", "member", "read_only"]);
  expect(removable("admin")).toEqual(["member", "read_only"]);
  expect(removable("member")).toEqual([]);
});

test("the owner gives every role, handing over included; an administrator only those below", () => {
  expect(rolesToGive("owner", "admin")).toEqual(["owner", "member", "read_only"]);
  expect(rolesToGive("admin", "member")).toEqual(["read_only"]);
  expect(rolesToGive("admin", "admin")).toEqual([]);
  expect(rolesToGive("member", "read_only")).toEqual([]);
});

test("rights follow role, policies and kind", () => {
  expect(rightsIn(group({ own_role: "owner" }))).toMatchObject({ govern: true, invite: true, leave: false });
  expect(rightsIn(group({ own_role: "member" }))).toMatchObject({ add: false, editProfile: false, write: true });
  expect(rightsIn(group({ own_role: "member", policies: open }))).toMatchObject({ add: true, editProfile: true });
  expect(rightsIn(group({ own_role: "member", kind: "channel" })).write).toBe(false);
  expect(rightsIn(group({ own_role: "admin", kind: "channel" })).write).toBe(true);
  expect(rightsIn(group({ own_role: "read_only" }))).toMatchObject({ write: false, leave: true });
});

test("nothing is allowed in a closed group and to who has left", () => {
  const nothing = [rightsIn(group({ closed: true, own_role: "owner" }))];
  const { own_role: _, ...left } = group({});
  nothing.push(rightsIn(left));
  for (const rights of nothing) expect(Object.values(rights)).not.toContain(true);
});

test("members stand by rank, then by name", () => {
  const member = (name: string, role: Role) => ({
    account: name,
    name,
    role,
    delivered: 0,
    read: 0,
    identity_differs: false,
  });
  const sorted = [member("zoe", "member"), member("ann", "read_only"), member("ben", "member"), member("max", "owner")];
  expect(sorted.sort(compareMembers).map(({ name }) => name)).toEqual(["max", "ben", "zoe", "ann"]);
});
