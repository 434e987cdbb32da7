// Every sentence by which the engine tells of a group is read back into its parts, and said in both languages.
import { expect, test } from "vitest";
import { readGroupEvent } from "./group_event";
import { groupEventWords } from "./group_event_words";

const sentences = [
  "anna created the group.",
  "anna added ben, cleo.",
  "anna added b.1, b.2, b.3, b.4, b.5, b.6, b.7, b.8 and 12 more.",
  "anna removed ben.",
  "ben left.",
  "anna made ben the owner.",
  "anna made ben an administrator.",
  "anna made ben a member.",
  "anna made ben a reader.",
  "anna changed how the group is called.",
  "anna changed what holds here: members may add others, new members see the history, messages disappear.",
  "anna changed what holds here: administrators add members, new members see nothing from before.",
  "anna made an invitation.",
  "anna revoked an invitation.",
  "cleo joined by invitation.",
  "anna closed the group.",
];

test.each(sentences)("%s is understood", (sentence) => {
  expect(readGroupEvent(sentence)).toBeDefined();
  expect(groupEventWords(sentence, "de", "zoe")).not.toBe(sentence);
  expect(groupEventWords(sentence, "de", "zoe")).toMatch(/\.$/);
});

test("names and the number of those not named are kept", () => {
  const line = readGroupEvent("anna added b.1, b.2 and 12 more.");
  expect(line).toEqual({ actor: "anna", event: { kind: "added", names: ["b.1", "b.2"], more: 12 } });
  expect(groupEventWords("anna added b.1, b.2 and 12 more.", "en", "zoe")).toBe("anna added b.1, b.2, and 12 others.");
});

test("the reader is spoken to", () => {
  expect(groupEventWords("anna added ben, cleo.", "en", "ben")).toBe("anna added you and cleo.");
  expect(groupEventWords("anna added ben, cleo.", "de", "anna")).toBe("Du hast ben und cleo hinzugefügt.");
  expect(groupEventWords("anna made ben an administrator.", "de", "ben")).toBe(
    "anna hat dir Verwaltungsrechte gegeben.",
  );
  expect(groupEventWords("cleo joined by invitation.", "de", "cleo")).toBe(
    "Du bist über einen Einladungslink beigetreten.",
  );
  expect(groupEventWords("somebody left.", "de", "cleo")).toBe("Jemand hat die Gruppe verlassen.");
});

test("a sentence of a newer engine is shown as it is", () => {
  expect(groupEventWords("anna moved the group to the moon.", "de", "ben")).toBe("anna moved the group to the moon.");
});
