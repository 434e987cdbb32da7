import { useState } from "react";
import { ConfirmDialog } from "../../design/dialog";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { useAttempt, useGroupActions } from "./group_actions";
import { groupsText } from "./groups_text";
import type { Group, GroupRights } from "./permissions";

interface GroupEndingProps {
  readonly group: Group;
  readonly rights: GroupRights;
}

/** Leaving a group, and closing it for everybody. */
export function GroupEnding({ group, rights }: GroupEndingProps) {
  const t = useText(groupsText);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  const [asked, setAsked] = useState<"leave" | "close" | null>(null);
  if (!rights.leave && !rights.govern) return null;
  const run = async (doing: Promise<void>) => {
    if (await attempt(doing)) setAsked(null);
  };
  return (
    <SettingsSection>
      {rights.leave ? (
        <SettingsRow icon="leave" label={t.leave} isDanger onPress={() => setAsked("leave")} />
      ) : (
        <SettingsRow icon="leave" label={t.leave} description={t.leaveOwner} />
      )}
      {rights.govern && <SettingsRow icon="lock" label={t.close} isDanger onPress={() => setAsked("close")} />}
      {asked === "leave" && (
        <ConfirmDialog
          title={t.leaveTitle}
          body={t.leaveBody}
          confirmLabel={t.leaveConfirm}
          isDanger
          onConfirm={() => run(actions.leave())}
          onCancel={() => setAsked(null)}
        />
      )}
      {asked === "close" && (
        <ConfirmDialog
          title={t.closeTitle}
          body={t.closeBody}
          confirmLabel={t.closeConfirm}
          isDanger
          onConfirm={() => run(actions.close())}
          onCancel={() => setAsked(null)}
        />
      )}
    </SettingsSection>
  );
}
