import { useMemo, useState } from "react";
import { Button } from "../../design/button";
import { Select, SelectItem } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { useAttempt, useGroupActions } from "./group_actions";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import { MemberPickerField, useChips, useMemberPicker } from "./member_picker";
import { type Group, type Role, rolesToAdd } from "./permissions";

const css = classesOf(styles);

interface AddMembersDialogProps {
  readonly group: Group;
  readonly onClose: () => void;
}

/** Adds people by name, as what the reader may make them. */
export function AddMembersDialog({ group, onClose }: AddMembersDialogProps) {
  const t = useText(groupsText);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  const members = useMemo(() => new Set(group.members.map(({ name }) => name)), [group.members]);
  const picker = useMemberPicker(members);
  const isUnsettled = useChips(picker).some(({ state }) => state !== "found");
  const names = picker.names();
  const roles = rolesToAdd(group.own_role ?? "read_only", group.policies);
  const [role, setRole] = useState<Role>("member");
  const [isPending, setPending] = useState(false);
  const add = async () => {
    setPending(true);
    if (await attempt(actions.add(names, role))) onClose();
    else setPending(false);
  };
  return (
    <Dialog
      title={t.addTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={isUnsettled || names.length === 0}
            onPress={() => void add()}
          >
            {names.length === 0 ? t.addMembers : t.addConfirm(names.length)}
          </Button>
        </>
      }
    >
      <div className={css("fields")}>
        <MemberPickerField picker={picker} />
        <Select label={t.addAs} value={role} onChange={setRole} description={t.roleHints[role]}>
          {roles.map((one) => (
            <SelectItem key={one} id={one}>
              {t.roles[one]}
            </SelectItem>
          ))}
        </Select>
      </div>
    </Dialog>
  );
}
