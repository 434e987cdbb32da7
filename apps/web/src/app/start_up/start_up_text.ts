import { defineText } from "../../design/text";

export const startUpText = defineText({
  en: {
    opening: "Sotto is opening",
    slow: "This takes longer than usual. The first start on a device loads the encryption.",
    lockedTitle: "Sotto is locked",
    lockedText: "Your messages on this device are encrypted. Enter the passphrase of the app lock to open them.",
    lockedPasskeyText: "Your messages on this device are encrypted. Confirm it is you to open them.",
    passphrase: "Passphrase",
    unlock: "Unlock",
    unlockPasskey: "Unlock with passkey",
    wrongPassphrase: "That is not the passphrase. Check capital letters and the keyboard's language.",
    passkeyRefused: "The passkey was not confirmed. Try again.",
    forgotten: "Forgotten the passphrase?",
    forgottenText:
      "Nobody can recover it, and nobody can read this device's messages without it. You can erase this device and begin anew: link it from another of your devices, or restore your backup with the recovery key.",
    erase: "Erase this device …",
    eraseTitle: "Erase what is on this device?",
    eraseText:
      "Messages and keys on this device are deleted for good. What other devices and your backup hold stays. Messages that were not sent yet are lost.",
    eraseConfirm: "Erase",
    otherTabTitle: "Sotto is open in another tab",
    otherTabText:
      "This browser lets only one tab hold the messages, and another one has taken over. Go on there, or bring it back here.",
    useHere: "Use it here",
    storageTitle: "This browser stores nothing",
    storageText:
      "Sotto keeps your keys and messages on this device, and the browser refuses to store them. That is so in private windows, and when site data is blocked or the disk is full.",
    storageWays: "Open Sotto in an ordinary window, or allow site data for this page. Then try again.",
    insecureTitle: "This connection is not secure",
    insecureText:
      "Browsers allow encryption and storage only over HTTPS or on this computer itself. Open Sotto by its https:// address, or ask whoever runs this server.",
    unsupportedTitle: "This browser is too old for Sotto",
    unsupportedText:
      "It lacks what Sotto needs to encrypt and to store. A current Chrome, Edge, Firefox or Safari works; on an iPhone, update iOS.",
    missing: (what: string) => `Missing: ${what}`,
    damagedTitle: "This device's data does not open",
    damagedText:
      "What Sotto stored here is damaged or was written by a newer version. Reload first; if it stays so, erase this device and link it again or restore your backup.",
    failedTitle: "Sotto could not start",
    failedText: "Reload the page. If it stays so, close the other tabs with Sotto and try again.",
    again: "Try again",
    reload: "Reload",
  },
  de: {
    opening: "Sotto wird geöffnet",
    slow: "Das dauert länger als sonst. Beim ersten Start auf einem Gerät wird die Verschlüsselung geladen.",
    lockedTitle: "Sotto ist gesperrt",
    lockedText:
      "Deine Nachrichten auf diesem Gerät sind verschlüsselt. Gib die Passphrase der App-Sperre ein, um sie zu öffnen.",
    lockedPasskeyText:
      "Deine Nachrichten auf diesem Gerät sind verschlüsselt. Bestätige, dass du es bist, um sie zu öffnen.",
    passphrase: "Passphrase",
    unlock: "Entsperren",
    unlockPasskey: "Mit Passkey entsperren",
    wrongPassphrase: "Das ist nicht die Passphrase. Achte auf Großbuchstaben und die Sprache der Tastatur.",
    passkeyRefused: "Der Passkey wurde nicht bestätigt. Versuche es noch einmal.",
    forgotten: "Passphrase vergessen?",
    forgottenText:
      "Niemand kann sie wiederherstellen, und ohne sie kann niemand die Nachrichten dieses Geräts lesen. Du kannst dieses Gerät löschen und neu beginnen: verknüpfe es von einem anderen deiner Geräte, oder stelle deine Sicherung mit dem Wiederherstellungsschlüssel wieder her.",
    erase: "Dieses Gerät löschen …",
    eraseTitle: "Löschen, was auf diesem Gerät ist?",
    eraseText:
      "Nachrichten und Schlüssel auf diesem Gerät werden endgültig gelöscht. Was andere Geräte und deine Sicherung haben, bleibt. Noch nicht gesendete Nachrichten gehen verloren.",
    eraseConfirm: "Löschen",
    otherTabTitle: "Sotto ist in einem anderen Tab geöffnet",
    otherTabText:
      "In diesem Browser kann nur ein Tab die Nachrichten halten, und ein anderer hat übernommen. Mach dort weiter, oder hol es hierher zurück.",
    useHere: "Hier benutzen",
    storageTitle: "Dieser Browser speichert nichts",
    storageText:
      "Sotto bewahrt deine Schlüssel und Nachrichten auf diesem Gerät auf, und der Browser verweigert das Speichern. So ist es in privaten Fenstern, bei blockierten Websitedaten und wenn der Datenträger voll ist.",
    storageWays:
      "Öffne Sotto in einem gewöhnlichen Fenster, oder erlaube Websitedaten für diese Seite. Dann versuche es noch einmal.",
    insecureTitle: "Diese Verbindung ist nicht sicher",
    insecureText:
      "Browser erlauben Verschlüsselung und Speichern nur über HTTPS oder auf diesem Rechner selbst. Öffne Sotto unter seiner https://-Adresse, oder frage, wer diesen Server betreibt.",
    unsupportedTitle: "Dieser Browser ist zu alt für Sotto",
    unsupportedText:
      "Ihm fehlt, was Sotto zum Verschlüsseln und Speichern braucht. Ein aktueller Chrome, Edge, Firefox oder Safari kann es; auf einem iPhone hilft eine neuere iOS-Version.",
    missing: (what) => `Es fehlt: ${what}`,
    damagedTitle: "Die Daten dieses Geräts lassen sich nicht öffnen",
    damagedText:
      "Was Sotto hier gespeichert hat, ist beschädigt oder stammt von einer neueren Version. Lade zuerst neu; bleibt es so, lösche dieses Gerät und verknüpfe es neu oder stelle deine Sicherung wieder her.",
    failedTitle: "Sotto konnte nicht starten",
    failedText: "Lade die Seite neu. Bleibt es so, schließe die anderen Tabs mit Sotto und versuche es noch einmal.",
    again: "Noch einmal versuchen",
    reload: "Neu laden",
  },
});
