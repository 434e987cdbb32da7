import { describe, expect, it } from "vitest";
import { frontPane, placeOf } from "./place";

const front = (path: string) => frontPane(placeOf(path));

describe("an address", () => {
  it("says what stands in each pane", () => {
    expect(placeOf("/")).toMatchObject({ list: "conversations", main: "none", side: "none" });
    expect(placeOf("/c/ab")).toMatchObject({ main: "conversation", side: "none", conversation: "ab" });
    expect(placeOf("/c/ab/info")).toMatchObject({ main: "conversation", side: "info", conversation: "ab" });
    expect(placeOf("/c/ab/thread/cd")).toMatchObject({ main: "conversation", side: "thread", conversation: "ab" });
    expect(placeOf("/new/group")).toMatchObject({ list: "new_group", main: "none" });
    expect(placeOf("/settings/devices")).toMatchObject({ layout: "main_only", main: "settings" });
    expect(placeOf("/start/register").layout).toBe("full");
  });

  it("puts the innermost in front on a phone", () => {
    expect(front("/")).toBe("list");
    expect(front("/new")).toBe("list");
    expect(front("/c/ab")).toBe("main");
    expect(front("/c/ab/info")).toBe("side");
    expect(front("/search")).toBe("main");
  });

  it("that leads nowhere is known as such", () => {
    for (const path of ["/c", "/c/ab/what", "/c/ab/thread", "/new/what", "/what"]) {
      expect(placeOf(path).main, path).toBe("unknown");
    }
  });

  it("may be malformed without breaking anything", () => {
    expect(placeOf("/c/%E0%A4%A")).toMatchObject({ main: "conversation", conversation: "%E0%A4%A" });
  });
});
