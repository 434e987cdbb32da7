import { useMemo, useState } from "react";
import { Avatar } from "../../design/avatar";
import { Badge } from "../../design/badge";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { formatMoment } from "../../design/format";
import { MenuButton, MenuItem, MenuSeparator } from "../../design/menu";
import { useLanguage, useText } from "../../design/text";
import { SearchField } from "../../design/text_field";
import { useSession } from "../../engine/session";
import { usePresence } from "../conversation_list/presence_store";
import { AddMembersDialog } from "./add_members_dialog";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import { type MemberDialog, MemberDialogs } from "./member_dialogs";
import { compareMembers, type Group, type GroupRights, type Member, mayRemove, rolesToGive } from "./permissions";
import { useOpenConversation } from "./use_open_conversation";

const css = classesOf(styles);
/** From how many members on a name is searched for; a list of all of them stays out of the page. */
const manyMembers = 12;
const shownAtFirst = 60;

export interface MemberListProps {
  readonly group: Group;
  readonly rights: GroupRights;
}

/** Everybody in a group, by rank and name, each with what the reader may do about them. */
export function MemberList({ group, rights }: MemberListProps) {
  const t = useText(groupsText);
  const { account: ownAccount, name: ownName } = useSession();
  const [wanted, setWanted] = useState("");
  const [dialog, setDialog] = useState<MemberDialog | null>(null);
  const [isAdding, setAdding] = useState(false);
  const named = useMemo(
    () =>
      group.members
        .map((member) => (member.account === ownAccount ? { ...member, name: ownName } : member))
        .sort(compareMembers),
    [group.members, ownAccount, ownName],
  );
  const found = named.filter(({ name }) => name.includes(wanted.trim().toLowerCase()));
  return (
    <section className={css("section")} aria-labelledby="members-title">
      <div className={css("section_head")}>
        <h2 id="members-title">{t.memberCount(group.members.length)}</h2>
        {rights.add && (
          <Button size="s" icon="person_add" onPress={() => setAdding(true)}>
            {t.addMembers}
          </Button>
        )}
      </div>
      {named.length > manyMembers && <SearchField label={t.findMember} value={wanted} onChange={setWanted} />}
      {found.length === 0 && <p className={css("hint")}>{t.noMember}</p>}
      {found.length > 0 && (
        <ul className={css("entries")} aria-labelledby="members-title">
          {found.slice(0, shownAtFirst).map((member) => (
            <MemberEntry
              key={member.account}
              member={member}
              group={group}
              isOwn={member.account === ownAccount}
              onDialog={setDialog}
            />
          ))}
        </ul>
      )}
      {dialog && <MemberDialogs group={group} dialog={dialog} onClose={() => setDialog(null)} />}
      {isAdding && <AddMembersDialog group={group} onClose={() => setAdding(false)} />}
    </section>
  );
}

interface MemberEntryProps {
  readonly member: Member;
  readonly group: Group;
  readonly isOwn: boolean;
  readonly onDialog: (dialog: MemberDialog) => void;
}

function MemberEntry({ member, group, isOwn, onDialog }: MemberEntryProps) {
  const t = useText(groupsText);
  const language = useLanguage();
  const presence = usePresence(isOwn ? "" : member.name);
  const name = member.name || t.unknownMember;
  const seen = presence?.last_seen ?? 0;
  return (
    <li className={css("entry")}>
      <Avatar name={name} size={36} presence={presence?.online ? "online" : undefined} />
      <span className={css("words")}>
        <span className={css("title")}>
          <bdi>{name}</bdi>
          {isOwn && <span className={css("own")}>({t.you})</span>}
          {member.role !== "member" && (
            <Badge tone={member.role === "owner" ? "accent" : "neutral"}>{t.roles[member.role]}</Badge>
          )}
        </span>
        {presence && !presence.online && seen > 0 && (
          <span className={css("hint")}>{t.lastSeen(formatMoment(language, seen, Date.now()))}</span>
        )}
        {member.identity_differs && <span className={css("warning")}>{t.identityDiffers}</span>}
      </span>
      {!isOwn && member.name !== "" && <MemberMenu member={member} group={group} onDialog={onDialog} />}
    </li>
  );
}

function MemberMenu({ member, group, onDialog }: Omit<MemberEntryProps, "isOwn">) {
  const t = useText(groupsText);
  const { open, verify } = useOpenConversation();
  const own = group.closed ? undefined : group.own_role;
  const roles = own === undefined ? [] : rolesToGive(own, member.role);
  return (
    <MenuButton label={t.memberActions(member.name)} size="s">
      <MenuItem icon="conversation" onAction={() => open(member.name)}>
        {t.writeTo}
      </MenuItem>
      <MenuItem icon="shield_check" onAction={() => verify(member.name)}>
        {t.verify}
      </MenuItem>
      {roles.length > 0 && <MenuSeparator />}
      {roles.length > 0 && (
        <MenuItem icon="crown" onAction={() => onDialog({ kind: "role", member })}>
          {t.changeRole}
        </MenuItem>
      )}
      {own !== undefined && mayRemove(own, member.role) && (
        <MenuItem icon="block" isDanger onAction={() => onDialog({ kind: "remove", member })}>
          {t.remove}
        </MenuItem>
      )}
    </MenuButton>
  );
}
