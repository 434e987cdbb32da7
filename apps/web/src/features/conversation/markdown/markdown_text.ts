import { defineText } from "../../../design/text";

export const markdownText = defineText({
  en: { showMore: "Show more", showLess: "Show less" },
  de: { showMore: "Mehr anzeigen", showLess: "Weniger anzeigen" },
});
