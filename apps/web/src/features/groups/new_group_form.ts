import type { Commands } from "@sotto/client";
import type { GroupsText } from "./groups_text";
import { maxDescriptionSize, maxGroupNameSize, sizeOf } from "./limits";
import type { Policies } from "./permissions";

/** A new group as it is being filled in. */
export interface NewGroupForm {
  readonly isChannel: boolean;
  readonly name: string;
  readonly description: string;
  /** In base64; empty for none. */
  readonly picture: string;
  readonly policies: Policies;
}

export const emptyPolicies: Policies = {
  shares_history: false,
  members_add: false,
  members_edit_profile: false,
  expires_after_ms: 0,
};

export interface FormProblems {
  readonly name: string;
  readonly description: string;
}

/** What is wrong with each field, in words; empty for what is right. */
export function problemsOf(
  { name, description }: Pick<NewGroupForm, "name" | "description">,
  t: GroupsText,
): FormProblems {
  const isMissing = name.trim() === "";
  return {
    name: isMissing ? t.groupNameMissing : sizeOf(name) > maxGroupNameSize ? t.tooLong(maxGroupNameSize) : "",
    description: sizeOf(description) > maxDescriptionSize ? t.tooLong(maxDescriptionSize) : "",
  };
}

export function commandOf(form: NewGroupForm, members: readonly string[]): Commands["create_group"] {
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    is_channel: form.isChannel,
    members,
    policies: form.policies,
  };
}
