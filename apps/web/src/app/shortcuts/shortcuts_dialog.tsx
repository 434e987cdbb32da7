import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { shortcutLabel } from "./keys";
import styles from "./shortcuts_dialog.module.css";
import { shortcutsText } from "./shortcuts_text";

const css = classesOf(styles);

type Row = readonly [words: string, ...combinations: readonly string[]];

function useSections(): readonly (readonly [string, readonly Row[]])[] {
  const t = useText(shortcutsText);
  return [
    [
      t.everywhere,
      [
        [t.palette, "Mod+K"],
        [t.search, "Mod+Shift+F"],
        [t.newConversation, "Alt+N"],
        [t.previous, "Alt+ArrowUp", "Alt+ArrowDown"],
        [t.previousUnread, "Alt+Shift+ArrowUp", "Alt+Shift+ArrowDown"],
        [t.panes, "F6", "Shift+F6"],
        [t.settings, "Mod+,"],
        [t.close, "Escape"],
        [t.help, "?"],
      ],
    ],
    [
      t.list,
      [
        [t.move, "ArrowUp", "ArrowDown"],
        [t.open, "Enter"],
        [t.menu, "Shift+F10"],
      ],
    ],
    [
      t.conversation,
      [
        [t.send, "Enter"],
        [t.newLine, "Shift+Enter"],
        [t.editLast, "ArrowUp"],
        [t.format, "Mod+B", "Mod+I"],
      ],
    ],
  ];
}

/** All shortcuts in one list. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText(shortcutsText);
  const sections = useSections();
  return (
    <Dialog title={t.title} isOpen onClose={onClose} size="wide">
      <div className={css("sections")}>
        {sections.map(([title, rows]) => (
          <section key={title}>
            <h3 className={css("title")}>{title}</h3>
            <dl>
              {rows.map(([words, ...combinations]) => (
                <div key={words} className={css("row")}>
                  <dt>{words}</dt>
                  <dd className={css("keys")}>
                    {combinations.map((combination) => (
                      <kbd key={combination}>{shortcutLabel(combination)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
