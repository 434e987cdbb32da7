import { type ReactNode, useId } from "react";
import { IconButton } from "./button";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import styles from "./page.module.css";
import { useText } from "./text";

const css = classesOf(styles);

export interface PageProps {
  readonly title: string;
  /** Shows an arrow at the left that leads back. */
  readonly onBack?: (() => void) | undefined;
  /** Shows a cross at the right instead, for panes beside another. */
  readonly onClose?: (() => void) | undefined;
  readonly actions?: ReactNode;
  /** The content brings its own width and padding, and scrolls by itself if it wants. */
  readonly isPlain?: boolean;
  readonly children: ReactNode;
}

/** A side pane or a page of the settings: its title stays, its content scrolls. */
export function Page({ title, onBack, onClose, actions, isPlain = false, children }: PageProps) {
  const t = useText(designText);
  const id = useId();
  return (
    <section className={css("page")} aria-labelledby={id}>
      <header className={css("head", onBack && "with_back")}>
        {onBack && <IconButton icon="back" label={t.back} onPress={onBack} />}
        <h1 id={id} className={css("title")} tabIndex={-1}>
          {title}
        </h1>
        <div className={css("actions")}>
          {actions}
          {onClose && <IconButton icon="close" label={t.close} onPress={onClose} />}
        </div>
      </header>
      <div className={css("body")}>
        <div className={css("content", isPlain && "plain")}>{children}</div>
      </div>
    </section>
  );
}
