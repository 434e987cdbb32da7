import { useSyncExternalStore } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import { Icon } from "./icon";
import { useText } from "./text";
import styles from "./toast.module.css";
import { dismissToast, holdToasts, shownToasts, showToast, subscribeToasts, type ToastContent } from "./toast_store";

export type { ToastAction, ToastContent } from "./toast_store";

const css = classesOf(styles);

/** What shows a toast: words that come, are read out and go by themselves. */
export function useToast(): (content: ToastContent) => void {
  return showToast;
}

/** Where toasts appear. Once in the app. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToasts, shownToasts);
  const t = useText(designText);
  return (
    <section
      aria-label={t.notifications}
      className={css("region")}
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={() => holdToasts(false)}
      onFocus={() => holdToasts(true)}
      onBlur={() => holdToasts(false)}
    >
      <div role="status" aria-live="polite" className={css("list")}>
        {toasts.map((toast) => (
          <div key={toast.id} className={css("toast", toast.tone)}>
            {toast.tone === "danger" && <Icon name="error" size={18} />}
            {toast.tone === "warning" && <Icon name="warning" size={18} />}
            <span className={css("text")}>{toast.text}</span>
            {toast.action && (
              <AriaButton
                className={css("button")}
                onPress={() => {
                  toast.action?.onPress();
                  dismissToast(toast.id);
                }}
              >
                {toast.action.label}
              </AriaButton>
            )}
            <AriaButton
              className={css("button", "close")}
              aria-label={t.dismiss}
              onPress={() => dismissToast(toast.id)}
            >
              <Icon name="close" size={16} />
            </AriaButton>
          </div>
        ))}
      </div>
    </section>
  );
}
