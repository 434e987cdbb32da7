import { useState } from "react";
import { Button } from "../../design/button";
import { Radio, RadioGroup } from "../../design/choice";
import { ConfirmDialog, Dialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { useAttempt, useGroupActions } from "./group_actions";
import { groupsText } from "./groups_text";
import { type Group, type Member, type Role, rolesToGive } from "./permissions";

/** What is about to be done to a member. */
export type MemberDialog =
  | { readonly kind: "role" | "remove"; readonly member: Member }
  | { readonly kind: "hand_over"; readonly member: Member };

interface MemberDialogsProps {
  readonly group: Group;
  readonly dialog: MemberDialog;
  readonly onClose: () => void;
}

/** Asks before a member's place in the group changes. */
export function MemberDialogs({ group, dialog, onClose }: MemberDialogsProps) {
  const t = useText(groupsText);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  const { member } = dialog;
  const [isHandingOver, setHandingOver] = useState(false);
  const run = async (doing: Promise<void>) => {
    if (await attempt(doing)) onClose();
  };
  if (dialog.kind === "remove") {
    return (
      <ConfirmDialog
        title={t.removeTitle(member.name)}
        body={t.removeBody(member.name)}
        confirmLabel={t.removeConfirm}
        isDanger
        onConfirm={() => run(actions.remove(member.name))}
        onCancel={onClose}
      />
    );
  }
  if (dialog.kind === "hand_over" || isHandingOver) {
    return (
      <ConfirmDialog
        title={t.handOverTitle(member.name)}
        body={t.handOverBody(member.name)}
        confirmLabel={t.handOverConfirm}
        isDanger
        onConfirm={() => run(actions.setRole(member.name, "owner"))}
        onCancel={onClose}
      />
    );
  }
  const choose = async (role: Role) => {
    if (role === "owner") setHandingOver(true);
    else await run(actions.setRole(member.name, role));
  };
  return <RoleDialog group={group} member={member} onChoose={choose} onClose={onClose} />;
}

interface RoleDialogProps {
  readonly group: Group;
  readonly member: Member;
  readonly onChoose: (role: Role) => Promise<void>;
  readonly onClose: () => void;
}

function RoleDialog({ group, member, onChoose, onClose }: RoleDialogProps) {
  const t = useText(groupsText);
  const offered = rolesToGive(group.own_role ?? "read_only", member.role);
  const [role, setRole] = useState<Role>(offered.find((one) => one !== "owner") ?? "owner");
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    await onChoose(role);
    setPending(false);
  };
  return (
    <Dialog
      title={t.roleTitle(member.name)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void confirm()}>
            {t.roleConfirm}
          </Button>
        </>
      }
    >
      <RadioGroup label={t.roleLabel} isLabelHidden value={role} onChange={(value) => setRole(value as Role)}>
        {offered.map((one) => (
          <Radio key={one} value={one} description={t.roleHints[one]}>
            {t.roles[one]}
          </Radio>
        ))}
      </RadioGroup>
    </Dialog>
  );
}
