import { useState } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { TextArea, TextField } from "../../design/text_field";
import { useAttempt, useGroupActions } from "./group_actions";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import type { Group } from "./permissions";
import { PictureField } from "./picture_field";
import { type ProfileForm, profileChanges, profileProblems } from "./profile_form";

const css = classesOf(styles);

interface EditProfileDialogProps {
  readonly group: Group;
  readonly onClose: () => void;
}

/** Changes what a group is called. Only what differs is sent. */
export function EditProfileDialog({ group, onClose }: EditProfileDialogProps) {
  const t = useText(groupsText);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  const [form, setForm] = useState<ProfileForm>(group.profile);
  const [isPending, setPending] = useState(false);
  const problems = profileProblems(form, t);
  const changes = profileChanges(group.profile, form);
  const change = (some: Partial<ProfileForm>) => setForm((before) => ({ ...before, ...some }));
  const save = async () => {
    setPending(true);
    if (changes === undefined || (await attempt(actions.changeProfile(changes)))) onClose();
    else setPending(false);
  };
  return (
    <Dialog
      title={t.editTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={Object.values(problems).some((problem) => problem !== "")}
            onPress={() => void save()}
          >
            {t.save}
          </Button>
        </>
      }
    >
      <div className={css("fields")}>
        <PictureField picture={form.picture} name={form.name} onChange={(picture) => change({ picture })} />
        <TextField
          label={t.groupName}
          value={form.name}
          errorMessage={problems.name}
          onChange={(name) => change({ name })}
        />
        <TextArea
          label={t.description}
          description={t.descriptionHint}
          value={form.description}
          errorMessage={problems.description}
          onChange={(description) => change({ description })}
        />
        <TextField
          label={t.subject}
          description={t.subjectHint}
          value={form.subject}
          errorMessage={problems.subject}
          onChange={(subject) => change({ subject })}
        />
        <TextField
          label={t.context}
          description={t.contextHint}
          value={form.context}
          errorMessage={problems.context}
          onChange={(context) => change({ context })}
        />
      </div>
    </Dialog>
  );
}
