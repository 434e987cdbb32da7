// A link is understood however it was handed on, and anything else is refused.
import { expect, test } from "vitest";
import { commandOf, firstForm, stateOf } from "./invitation_form";
import { addressOf, hostOf, isSameServer, readInvitation } from "./invitation_link";

// The engine's own golden link (src/session/testdata/group_link.txt).
const link =
  "sotto-group:ChhodHRwczovL2NoYXQuZXhhbXBsZS5vcmcSEGZEMvzLg7ZXOVTQpJJQyGUaEN10cn2g6S0V9xjZcTtHeooiIG-A3fhEfa9hPJdg3SBKMMyYK9FEzqrL0XtbBn1yNZ0n";
const invitation = {
  link,
  server: "https://chat.example.org",
  conversation: "664432fccb83b6573954d0a49250c865",
};

test("a link is read bare, with blanks around it, and within an address", () => {
  expect(readInvitation(link)).toEqual(invitation);
  expect(readInvitation(` \n${link}\n`)).toEqual(invitation);
  expect(readInvitation(addressOf(link, "https://chat.example.org"))).toEqual(invitation);
  expect(readInvitation(`#${link}`)).toEqual(invitation);
  expect(readInvitation(`Come and join us: https://chat.example.org/join#${link} – Anna`)).toEqual(invitation);
});

test("what is no link, or only a part of one, is refused", () => {
  expect(readInvitation("")).toBeUndefined();
  expect(readInvitation("https://chat.example.org/join")).toBeUndefined();
  expect(readInvitation("sotto-group:")).toBeUndefined();
  expect(readInvitation(link.slice(0, -8))).toBeUndefined();
  expect(readInvitation("sotto-link:AAAA")).toBeUndefined();
});

test("servers are the same by origin, whatever follows it", () => {
  expect(isSameServer("https://chat.example.org", "https://chat.example.org/")).toBe(true);
  expect(isSameServer("https://chat.example.org", "https://chat.example.org:443")).toBe(true);
  expect(isSameServer("http://chat.example.org", "https://chat.example.org")).toBe(false);
  expect(isSameServer("", "")).toBe(false);
  expect(hostOf("https://chat.example.org:8443/")).toBe("chat.example.org:8443");
  expect(hostOf("javascript:alert(1)")).toBe("javascript:alert(1)");
});

test("an invitation that needs approval has no limit of uses", () => {
  const form = { ...firstForm, maxUses: 5 };
  expect(commandOf(form, "g1", "https://chat.example.org")).toMatchObject({ max_uses: 5, needs_approval: false });
  const approved = commandOf({ ...form, needsApproval: true, role: "read_only" }, "g1", "https://chat.example.org");
  expect(approved).toMatchObject({ max_uses: 0, needs_approval: true, role: "read_only" });
});

test("an invitation is open, expired, or its link on another device", () => {
  const shown = {
    invitation: "i",
    expires_at: 0,
    max_uses: 0,
    uses: 0,
    needs_approval: false,
    expired: false,
  } as const;
  expect(stateOf({ ...shown, role: "member", link })).toBe("open");
  expect(stateOf({ ...shown, role: "member", link: "" })).toBe("elsewhere");
  expect(stateOf({ ...shown, role: "member", link, expired: true })).toBe("expired");
});
