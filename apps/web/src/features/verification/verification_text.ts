import { defineText } from "../../design/text";

export const verificationText = defineText({
  en: {
    title: (name: string) => `Verify ${name}`,
    why: (name: string) =>
      `Your messages are encrypted whether you verify or not. Verifying makes sure that they are encrypted for ${name}, and for nobody who stands in between.`,
    how: "Do it when you meet, or in a call where you know the voice. It takes a minute, and is needed once.",
    states: {
      unverified: "Not verified",
      verified: "Verified",
      changed: "Identity changed",
    },
    stateText: {
      unverified: (name: string) => `You have not compared with ${name} yet.`,
      verified: (name: string) =>
        `You have compared with ${name}. If the identity changes, sending stops and you are asked.`,
      changed: (name: string) =>
        `The identity of ${name}, whom you had verified, has changed. Nothing is sent until you verify again or withdraw the verification. Perhaps the account was made anew; perhaps somebody stands in between.`,
    },
    ways: "How to compare",
    byCode: "With a code",
    byDigits: "With digits",
    ownCode: (name: string) => `Let ${name} scan this`,
    ownCodeLabel: (name: string) => `Your code, for ${name} to scan`,
    scan: (name: string) => `Scan the code of ${name}`,
    scanHint: (name: string) =>
      `On the other device: open the conversation with you, then “Verify”. ${name} scans your code, or you scan theirs; whoever scans has verified the other.`,
    scanShort: "Scan the code",
    showAgain: "Show code and number",
    stopScan: "Stop the camera",
    digitsTitle: "Your common safety number",
    digitsHint: (name: string) =>
      `Read it to each other, or lay the screens side by side. ${name} sees the same 60 digits.`,
    digitsLabel: "Safety number, in groups of five digits",
    same: "They are the same",
    differ: "They differ",
    differTitle: "The numbers differ",
    differText: (name: string) =>
      `Then do not write anything confidential to ${name} for now. Check that both of you opened the page of the right person. If the numbers still differ, somebody may stand in between, perhaps the server.`,
    scanResults: {
      same: (name: string) => `The codes agree. ${name} is verified.`,
      not_a_code: () => "That is not a code for verifying.",
      newer_version: () => "That code comes from a newer version of Sotto. Update Sotto, or compare the digits.",
      other_accounts: (name: string) =>
        `That code belongs to another conversation. ${name} must open the page for verifying you.`,
      keys_differ: (name: string) =>
        `The identities do not agree. Somebody may stand in between you and ${name}, perhaps the server. Do not write anything confidential for now.`,
    },
    camera: {
      waiting: "Waiting for the camera …",
      running: "Hold the code before the camera.",
      denied: "The camera is not allowed for this page. Allow it in the browser's settings, or compare the digits.",
      missing: "There is no camera here. Compare the digits instead.",
      failed: "The camera cannot be used at the moment. Compare the digits instead.",
    },
    tryAgain: "Scan again",
    withdraw: "Withdraw the verification",
    withdrawTitle: "Withdraw the verification?",
    withdrawBody: (name: string) =>
      `You write on to ${name} as to somebody whom you have not verified. A change of the identity is then only mentioned.`,
    withdrawConfirm: "Withdraw",
    writeUnverified: "Write on unverified",
    writeUnverifiedTitle: (name: string) => `Write to ${name} without verifying?`,
    writeUnverifiedBody: (name: string) =>
      `The new identity is taken as it is, and what waits is sent. Do that only if you know why it changed, such as a new account of ${name}.`,
    cancel: "Cancel",
    back: "Back",
    done: "Done",
    yourself: "That is you. There is nothing to verify.",
  },
  de: {
    title: (name: string) => `${name} verifizieren`,
    why: (name: string) =>
      `Deine Nachrichten sind immer verschlüsselt. Verifizieren stellt sicher, dass sie für ${name} verschlüsselt sind und für niemanden, der dazwischensteht.`,
    how: "Mach es, wenn ihr euch trefft, oder in einem Gespräch, in dem du die Stimme kennst. Es dauert eine Minute und ist nur einmal nötig.",
    states: {
      unverified: "Nicht verifiziert",
      verified: "Verifiziert",
      changed: "Identität geändert",
    },
    stateText: {
      unverified: (name: string) => `Du hast noch nicht mit ${name} verglichen.`,
      verified: (name: string) =>
        `Du hast mit ${name} verglichen. Ändert sich die Identität, wird nichts mehr gesendet und du wirst gefragt.`,
      changed: (name: string) =>
        `Die Identität von ${name} war verifiziert und hat sich geändert. Nichts wird gesendet, bis du neu verifizierst oder die Verifizierung zurücknimmst. Vielleicht wurde das Konto neu angelegt; vielleicht steht jemand dazwischen.`,
    },
    ways: "So vergleicht ihr",
    byCode: "Mit einem Code",
    byDigits: "Mit Ziffern",
    ownCode: (name: string) => `Lass ${name} diesen Code scannen`,
    ownCodeLabel: (name: string) => `Dein Code, den ${name} scannt`,
    scan: (name: string) => `Den Code von ${name} scannen`,
    scanHint: (name: string) =>
      `Auf dem anderen Gerät: die Unterhaltung mit dir öffnen, dann „Verifizieren“. ${name} scannt deinen Code, oder du den anderen; verifiziert ist, wer gescannt hat.`,
    scanShort: "Code scannen",
    showAgain: "Code und Nummer zeigen",
    stopScan: "Kamera ausschalten",
    digitsTitle: "Eure gemeinsame Sicherheitsnummer",
    digitsHint: (name: string) =>
      `Lest sie euch vor, oder legt die Bildschirme nebeneinander. ${name} sieht dieselben 60 Ziffern.`,
    digitsLabel: "Sicherheitsnummer, in Gruppen zu fünf Ziffern",
    same: "Sie sind gleich",
    differ: "Sie sind verschieden",
    differTitle: "Die Nummern sind verschieden",
    differText: (name: string) =>
      `Dann schreib ${name} vorerst nichts Vertrauliches. Prüft, ob ihr beide die Seite der richtigen Person offen habt. Bleiben die Nummern verschieden, steht vielleicht jemand dazwischen, womöglich der Server.`,
    scanResults: {
      same: (name: string) => `Die Codes stimmen überein. ${name} ist verifiziert.`,
      not_a_code: () => "Das ist kein Code zum Verifizieren.",
      newer_version: () =>
        "Der Code stammt aus einer neueren Version von Sotto. Aktualisiere Sotto, oder vergleicht die Ziffern.",
      other_accounts: (name: string) =>
        `Der Code gehört zu einer anderen Unterhaltung. ${name} muss die Seite öffnen, auf der du verifiziert wirst.`,
      keys_differ: (name: string) =>
        `Die Identitäten stimmen nicht überein. Vielleicht steht jemand zwischen dir und ${name}, womöglich der Server. Schreib vorerst nichts Vertrauliches.`,
    },
    camera: {
      waiting: "Auf die Kamera warten …",
      running: "Halte den Code vor die Kamera.",
      denied:
        "Die Kamera ist für diese Seite nicht erlaubt. Erlaube sie in den Einstellungen des Browsers, oder vergleicht die Ziffern.",
      missing: "Hier gibt es keine Kamera. Vergleicht stattdessen die Ziffern.",
      failed: "Die Kamera lässt sich gerade nicht nutzen. Vergleicht stattdessen die Ziffern.",
    },
    tryAgain: "Noch einmal scannen",
    withdraw: "Verifizierung zurücknehmen",
    withdrawTitle: "Verifizierung zurücknehmen?",
    withdrawBody: (name: string) =>
      `Du schreibst ${name} dann wie jemandem, den du nicht verifiziert hast. Ändert sich die Identität, wird das nur erwähnt.`,
    withdrawConfirm: "Zurücknehmen",
    writeUnverified: "Unverifiziert weiterschreiben",
    writeUnverifiedTitle: (name: string) => `${name} ohne Verifizierung schreiben?`,
    writeUnverifiedBody: (name: string) =>
      `Die neue Identität wird so genommen, wie sie ist, und was wartet, wird gesendet. Tu das nur, wenn du weißt, warum sie sich geändert hat, etwa weil ${name} ein neues Konto hat.`,
    cancel: "Abbrechen",
    back: "Zurück",
    done: "Fertig",
    yourself: "Das bist du selbst. Da gibt es nichts zu verifizieren.",
  },
});
