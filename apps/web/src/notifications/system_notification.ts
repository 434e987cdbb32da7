import type { NotificationWords } from "./notification_rules";

/** Whether the system may show notifications of this app. */
export type Permission = "granted" | "denied" | "unasked" | "unsupported";

export function permission(): Permission {
  if (typeof Notification === "undefined") return "unsupported";
  return Notification.permission === "default" ? "unasked" : Notification.permission;
}

export async function askPermission(): Promise<Permission> {
  if (typeof Notification === "undefined") return "unsupported";
  await Notification.requestPermission();
  return permission();
}

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return "serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : undefined;
}

/**
 * Shows a notification of a conversation in place of the one before. Through the service worker where there is one,
 * since phones allow no other way and a press on it then works without a tab too.
 */
export async function showNotification(
  words: NotificationWords,
  conversation: string,
  onOpen: () => void,
): Promise<void> {
  if (permission() !== "granted") return;
  const options = { body: words.body, tag: conversation, icon: "/icons/icon_192.png", data: { conversation } };
  const worker = await registration();
  if (worker?.active) {
    await worker.showNotification(words.title, options);
    return;
  }
  const shown = new Notification(words.title, options);
  shown.onclick = () => {
    window.focus();
    shown.close();
    onOpen();
  };
}

/** Takes away what was announced of a conversation that is now being read. */
export async function closeNotifications(conversation: string): Promise<void> {
  const worker = await registration();
  const shown = (await worker?.getNotifications({ tag: conversation })) ?? [];
  for (const notification of shown) notification.close();
}

/** The number on the app's icon, where the system shows one. */
export function setBadge(count: number): void {
  const { setAppBadge, clearAppBadge } = navigator as Partial<Pick<Navigator, "setAppBadge" | "clearAppBadge">>;
  const doing = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  // Refused for pages that are not installed: the title tells the number there.
  doing?.catch(() => undefined);
}
