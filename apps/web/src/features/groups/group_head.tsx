import type { ReactNode } from "react";
import { Avatar } from "../../design/avatar";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import type { Group } from "./permissions";
import { usePictureAddress } from "./picture_field";

const css = classesOf(styles);

export interface GroupHeadProps {
  readonly group: Group;
  /** What can be done about it, such as editing. */
  readonly children?: ReactNode;
}

/** What a group is called: picture, name, subject, description, reference. */
export function GroupHead({ group, children }: GroupHeadProps) {
  const t = useText(groupsText);
  const { name, description, subject, context, picture } = group.profile;
  const address = usePictureAddress(picture);
  const kind = group.kind === "channel" ? t.infoChannel : t.infoGroup;
  return (
    <header className={css("head")}>
      <Avatar name={name} picture={address} size={88} shape="group" />
      <h2 className={css("name")}>
        <bdi>{name || kind}</bdi>
      </h2>
      <p className={css("count")}>
        {kind} · {t.memberCount(group.members.length)}
      </p>
      {subject !== "" && <p className={css("subject")}>{subject}</p>}
      {description !== "" && <p className={css("description")}>{description}</p>}
      {context !== "" && (
        <p className={css("context")}>
          {t.context}: {context}
        </p>
      )}
      {children}
    </header>
  );
}
