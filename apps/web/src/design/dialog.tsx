import { type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button, IconButton } from "./button";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import styles from "./dialog.module.css";
import { useText } from "./text";

const css = classesOf(styles);

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Buttons at the foot, the one that goes on last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  readonly size?: "m" | "wide";
  readonly role?: "dialog" | "alertdialog";
  /** Neither Escape nor a press outside closes it, and it shows no cross: there is something to decide or to await. */
  readonly isBlocking?: boolean;
}

/** A dialog over everything else. Focus stays inside and returns to where it was. On a phone it rises from below. */
export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, actions, children, size = "m", role = "dialog", isBlocking = false } = props;
  const t = useText(designText);
  return (
    <ModalOverlay
      className={css("overlay")}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isBlocking && role === "dialog"}
      isKeyboardDismissDisabled={isBlocking}
    >
      <Modal className={css("modal", size === "wide" && "wide")}>
        <AriaDialog role={role} className={css("dialog")}>
          <header className={css("head")}>
            <Heading slot="title" level={2} className={css("title")}>
              {title}
            </Heading>
            {!isBlocking && role === "dialog" && (
              <span className={css("close")}>
                <IconButton icon="close" label={t.close} size="s" onPress={onClose} />
              </span>
            )}
          </header>
          <DialogBody>{children}</DialogBody>
          {actions && <footer className={css("actions")}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The part that scrolls. Where it does and nothing in it takes the focus, the keyboard has to reach it itself. */
function DialogBody({ children }: { readonly children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  const [needsFocus, setNeedsFocus] = useState(false);
  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    const look = () => {
      const scrolls = element.scrollHeight > element.clientHeight;
      setNeedsFocus(scrolls && element.querySelector("a[href], button, input, textarea, [tabindex]") === null);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={body} className={css("body")} {...(needsFocus ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly body: ReactNode;
  /** A verb: what is done, not "OK". */
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly isDanger?: boolean;
  readonly isOpen?: boolean;
  /** While it returns a promise the button waits and the dialog stays. */
  readonly onConfirm: () => unknown;
  readonly onCancel: () => void;
}

/** A question before something that cannot simply be undone. The one that shows it takes it away again. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, body, confirmLabel, cancelLabel, isDanger = false, isOpen = true, onConfirm, onCancel } = props;
  const [isPending, setPending] = useState(false);
  const t = useText(designText);
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm();
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      role="alertdialog"
      isOpen={isOpen}
      onClose={onCancel}
      actions={
        <>
          <Button onPress={onCancel} autoFocus={isDanger} isDisabled={isPending}>
            {cancelLabel ?? t.cancel}
          </Button>
          <Button
            variant={isDanger ? "danger" : "primary"}
            onPress={() => void confirm()}
            isPending={isPending}
            autoFocus={!isDanger}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {typeof body === "string" ? <p>{body}</p> : body}
    </Dialog>
  );
}
