import { defineText } from "../design/text";

export const offlineText = defineText({
  en: {
    updateReady: "A new version of Sotto is ready.",
    reload: "Reload",
    installTitle: "Install Sotto",
    installText:
      "In a window of its own, opened from the home screen or the start menu. The browser then keeps your messages more reliably.",
    install: "Install",
    installByHand:
      "In Safari: press Share, then “Add to Home Screen”. Safari otherwise clears what a page stores after seven days without a visit.",
    installed: "Sotto is installed.",
  },
  de: {
    updateReady: "Eine neue Version von Sotto ist bereit.",
    reload: "Neu laden",
    installTitle: "Sotto installieren",
    installText:
      "In einem eigenen Fenster, vom Home-Bildschirm oder Startmenü aus. Der Browser behält deine Nachrichten dann verlässlicher.",
    install: "Installieren",
    installByHand:
      "In Safari: auf Teilen tippen, dann „Zum Home-Bildschirm“. Safari löscht sonst nach sieben Tagen ohne Besuch, was eine Seite speichert.",
    installed: "Sotto ist installiert.",
  },
});
