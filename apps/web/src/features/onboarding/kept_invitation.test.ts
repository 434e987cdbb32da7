import { beforeEach, describe, expect, it, vi } from "vitest";
import { destinationIn, forgetPerson, keepDestination, keptDestination, pathOf, personLink } from "./kept_invitation";

// The engine's own golden link (src/session/testdata/group_link.txt).
const link =
  "sotto-group:ChhodHRwczovL2NoYXQuZXhhbXBsZS5vcmcSEGZEMvzLg7ZXOVTQpJJQyGUaEN10cn2g6S0V9xjZcTtHeooiIG-A3fhEfa9hPJdg3SBKMMyYK9FEzqrL0XtbBn1yNZ0n";

beforeEach(() => {
  const held = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  });
});

describe("what brought somebody here", () => {
  it("is an invitation's link, percent-encoded or not", () => {
    expect(destinationIn(`#${link}`)).toEqual({ kind: "invitation", link });
    expect(destinationIn(`#${encodeURIComponent(link)}`)).toEqual({ kind: "invitation", link });
    expect(destinationIn("#sotto-group:x")).toBeNull();
  });

  it("is the person whose link was followed, if that can be a name", () => {
    const address = personLink("https://chat.example.org", "alice");
    expect(destinationIn(new URL(address).hash)).toEqual({ kind: "person", name: "alice" });
    expect(destinationIn("#person=<script>")).toBeNull();
    expect(destinationIn("")).toBeNull();
  });

  it("survives making an account: the invitation first, then the person", () => {
    expect(keptDestination()).toBeNull();
    keepDestination({ kind: "person", name: "alice" });
    expect(keptDestination()).toEqual({ kind: "person", name: "alice" });
    keepDestination({ kind: "invitation", link });
    expect(keptDestination()).toEqual({ kind: "invitation", link });
    expect(pathOf({ kind: "invitation", link })).toBe(`/join#${link}`);
  });

  it("is forgotten when the person was found", () => {
    keepDestination({ kind: "person", name: "alice" });
    forgetPerson();
    expect(keptDestination()).toBeNull();
  });
});
