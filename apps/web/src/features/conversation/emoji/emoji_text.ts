import { defineText } from "../../../design/text";

export const emojiText = defineText({
  en: {
    picker: "Choose an emoji",
    search: "Search emoji",
    loading: "Loading emoji",
    none: "No emoji found",
    skinTone: "Skin tone",
    quick: "Quick reactions",
    more: "All emoji",
    react: (emoji: string) => `React with ${emoji}`,
  },
  de: {
    picker: "Emoji auswählen",
    search: "Emoji suchen",
    loading: "Emoji werden geladen",
    none: "Kein Emoji gefunden",
    skinTone: "Hautton",
    quick: "Schnelle Reaktionen",
    more: "Alle Emoji",
    react: (emoji: string) => `Mit ${emoji} reagieren`,
  },
});
