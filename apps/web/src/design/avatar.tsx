import styles from "./avatar.module.css";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import { Icon, type IconName } from "./icon";
import { useText } from "./text";

const css = classesOf(styles);
const toneCount = 6;

export interface AvatarProps {
  readonly name: string;
  /** An object URL or a path of this origin. */
  readonly picture?: string | undefined;
  /** In CSS pixels; 40 unless told. */
  readonly size?: number;
  readonly presence?: "online" | undefined;
  /** Groups and channels have corners, so that they are told from people. */
  readonly shape?: "person" | "group";
  /** Instead of the name's first letters, such as for the own notes. */
  readonly icon?: IconName | undefined;
}

/** A person or a group as a picture or two letters, always in the same tone. The name stands beside it, so it is mute. */
export function Avatar({ name, picture, size = 40, presence, shape = "person", icon }: AvatarProps) {
  const t = useText(designText);
  return (
    <span
      className={css("avatar", `tone_${toneOf(name)}`, shape === "group" && "square")}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}
    >
      {picture ? (
        <img className={css("picture")} src={picture} alt="" draggable={false} />
      ) : icon ? (
        <Icon name={icon} size={Math.round(size * 0.5)} />
      ) : (
        <span aria-hidden="true">{initialsOf(name)}</span>
      )}
      {presence === "online" && <span className={css("presence")} role="img" aria-label={t.online} />}
    </span>
  );
}

/** One or two letters that stand for a name; the signs of a script that has no capitals stay as they are. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const firsts = words.map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, "")][0] ?? "");
  const chosen = firsts.length > 1 ? [firsts[0], firsts.at(-1)] : [firsts[0]];
  return chosen.join("").toLocaleUpperCase();
}

/** A name has one tone everywhere and for ever (FNV-1a over its code units). */
function toneOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % toneCount;
}
