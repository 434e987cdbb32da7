import { useState } from "react";
import { useLocation, useParams } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { Page } from "../../design/page";
import { SettingsSection } from "../../design/settings_row";
import { Spinner } from "../../design/spinner";
import { useText } from "../../design/text";
import { GroupInvitations } from "../invitations/group_invitations";
import { EditProfileDialog } from "./edit_profile_dialog";
import { useAttempt, useGroupActions } from "./group_actions";
import { GroupEnding } from "./group_ending";
import { GroupHead } from "./group_head";
import { GroupKeeping } from "./group_keeping";
import { GroupRecords } from "./group_records";
import { useGroup } from "./group_store";
import { groupsText } from "./groups_text";
import { JoinRequests } from "./join_requests";
import { MemberList } from "./member_list";
import { type Group, type Policies, rightsIn } from "./permissions";
import { PolicyFields } from "./policy_fields";

/** "/c/:conversation/info" of a group or a channel: everything about it. */
export function GroupInfoScreen() {
  const t = useText(groupsText);
  const [, navigate] = useLocation();
  const { conversation = "" } = useParams();
  const { state, group } = useGroup(conversation);
  const title = group?.kind === "channel" ? t.infoChannel : t.infoGroup;
  return (
    <Page title={title} onClose={() => navigate(`/c/${conversation}`)}>
      {group && <GroupInfo group={group} />}
      {state === "loading" && <Spinner label={t.loading} size={24} />}
      {state === "unknown" && <Banner>{t.unreadable}</Banner>}
    </Page>
  );
}

function GroupInfo({ group }: { readonly group: Group }) {
  const t = useText(groupsText);
  const [isEditing, setEditing] = useState(false);
  const rights = rightsIn(group);
  return (
    <>
      <GroupHead group={group}>
        {rights.editProfile && (
          <Button size="s" icon="edit" onPress={() => setEditing(true)}>
            {t.edit}
          </Button>
        )}
      </GroupHead>
      {group.closed && <Banner icon="lock">{t.closed}</Banner>}
      {group.own_role === undefined && <Banner>{t.left}</Banner>}
      {rights.invite && <JoinRequests group={group} />}
      <MemberList group={group} rights={rights} />
      {rights.invite && <GroupInvitations conversation={group.conversation} />}
      <GroupKeeping conversation={group.conversation} />
      <Rules group={group} mayGovern={rights.govern} />
      <GroupRecords group={group} />
      <GroupEnding group={group} rights={rights} />
      {isEditing && <EditProfileDialog group={group} onClose={() => setEditing(false)} />}
    </>
  );
}

function Rules({ group, mayGovern }: { readonly group: Group; readonly mayGovern: boolean }) {
  const t = useText(groupsText);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  // What was just chosen is shown at once, until the group itself says so or refuses.
  const [chosen, setChosen] = useState<Policies | null>(null);
  const change = async (policies: Policies) => {
    setChosen(policies);
    await attempt(actions.changePolicies(policies));
    setChosen(null);
  };
  return (
    <SettingsSection title={t.rules} text={mayGovern ? t.rulesLater : t.rulesFixed}>
      <PolicyFields
        policies={chosen ?? group.policies}
        isDisabled={!mayGovern || chosen !== null}
        onChange={(policies) => void change(policies)}
      />
    </SettingsSection>
  );
}
