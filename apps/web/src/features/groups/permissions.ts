import type { Answers, Role } from "@sotto/client";

export type { Role } from "@sotto/client";

export type Group = Answers["show_group"];
export type Member = Group["members"][number];
export type Policies = Group["policies"];

// Who may do what, as the membership rules have it (docs/encryption.md). The engine and the server refuse the rest;
// here it decides what is offered.

const ranks: Readonly<Record<Role, number>> = { owner: 3, admin: 2, member: 1, read_only: 0 };

/** From the highest to the lowest. */
export const rolesDownwards: readonly Role[] = ["owner", "admin", "member", "read_only"];

export function isAdministrator(role: Role): boolean {
  return ranks[role] >= ranks.admin;
}

/** The roles that an actor may give to whom it adds. */
export function rolesToAdd(actor: Role, policies: Policies): readonly Role[] {
  if (isAdministrator(actor)) return rolesDownwards.filter((role) => ranks[role] < ranks[actor]);
  if (actor === "member" && policies.members_add) return ["member", "read_only"];
  return [];
}

export function mayRemove(actor: Role, removed: Role): boolean {
  return isAdministrator(actor) && ranks[removed] < ranks[actor];
}

/** The other roles that an actor may give to a member; `owner` hands the group over. */
export function rolesToGive(actor: Role, member: Role): readonly Role[] {
  if (!isAdministrator(actor) || ranks[member] >= ranks[actor]) return [];
  return rolesDownwards.filter((role) => role !== member && (actor === "owner" || ranks[role] < ranks[actor]));
}

/** What an account may do with a group. All false for who has left, and in a closed group, but for leaving. */
export interface GroupRights {
  readonly add: boolean;
  readonly editProfile: boolean;
  readonly govern: boolean;
  readonly invite: boolean;
  readonly write: boolean;
  /** The owner hands the group over, or closes it, before leaving. */
  readonly leave: boolean;
}

const none: GroupRights = {
  add: false,
  editProfile: false,
  govern: false,
  invite: false,
  write: false,
  leave: false,
};

export function rightsIn(group: Group): GroupRights {
  const role = group.own_role;
  if (role === undefined || group.closed) return none;
  const administrates = isAdministrator(role);
  return {
    add: rolesToAdd(role, group.policies).length > 0,
    editProfile: administrates || (role === "member" && group.policies.members_edit_profile),
    govern: role === "owner",
    invite: administrates,
    write: group.kind === "channel" ? administrates : role !== "read_only",
    leave: role !== "owner",
  };
}

/** Owner, administrators, members, readers; by name among equals. */
export function compareMembers(a: Member, b: Member): number {
  return ranks[b.role] - ranks[a.role] || a.name.localeCompare(b.name);
}
