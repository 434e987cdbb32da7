import type { GroupsText } from "./groups_text";
import { maxSubjectSize, sizeOf } from "./limits";
import { problemsOf } from "./new_group_form";
import type { Group } from "./permissions";

/** What a group is called, as it is being edited. */
export type ProfileForm = Pick<Group["profile"], "name" | "description" | "subject" | "context" | "picture">;

const fields = ["name", "description", "subject", "context", "picture"] as const;

/** What is wrong with each field, in words; empty for what is right. */
export function profileProblems(form: ProfileForm, t: GroupsText) {
  const line = (text: string) => (sizeOf(text) > maxSubjectSize ? t.tooLong(maxSubjectSize) : "");
  return { ...problemsOf(form, t), subject: line(form.subject), context: line(form.context) };
}

/** The fields that differ; nothing if none does. */
export function profileChanges(before: ProfileForm, form: ProfileForm): Partial<ProfileForm> | undefined {
  const trimmed: ProfileForm = {
    ...form,
    name: form.name.trim(),
    subject: form.subject.trim(),
    context: form.context.trim(),
  };
  const changed = fields.filter((field) => trimmed[field] !== before[field]);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((field) => [field, trimmed[field]]));
}
