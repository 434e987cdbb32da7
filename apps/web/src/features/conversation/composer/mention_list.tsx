import { Avatar } from "../../../design/avatar";
import { classesOf } from "../../../design/class_names";
import { useText } from "../../../design/text";
import type { Person } from "../conversation_model";
import styles from "./composer.module.css";
import { composerText } from "./composer_text";

const css = classesOf(styles);

export interface MentionListProps {
  readonly id: string;
  readonly people: readonly Person[];
  readonly place: number;
  readonly onChoose: (person: Person) => void;
}

/** The keyboard stays in the field above; the list only shows where its choice stands. */
export function MentionList({ id, people, place, onChoose }: MentionListProps) {
  const t = useText(composerText);
  return (
    <div id={id} className={css("mentions")} role="listbox" aria-label={t.members}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant, never focused
        <div
          key={person.account}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === place}
          className={css("mention", index === place && "chosen")}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
        >
          <Avatar name={person.name} size={24} />
          {person.name}
        </div>
      ))}
    </div>
  );
}
