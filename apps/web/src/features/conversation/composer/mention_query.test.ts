import { describe, expect, it } from "vitest";
import { completeMention, membersMatching, mentionQueryAt } from "./mention_query";

describe("a mention that is being written", () => {
  it("begins with an at sign after a blank or at the start", () => {
    expect(mentionQueryAt("@an", 3)).toEqual({ start: 0, letters: "an" });
    expect(mentionQueryAt("hi @", 4)).toEqual({ start: 3, letters: "" });
    expect(mentionQueryAt("mail@an", 7)).toBeUndefined();
    expect(mentionQueryAt("@an done", 8)).toBeUndefined();
  });

  it("offers who begins so before who contains it", () => {
    const members = [{ name: "joanna" }, { name: "bo" }, { name: "anna" }, { name: "" }];
    expect(membersMatching(members, "an").map((member) => member.name)).toEqual(["anna", "joanna"]);
  });

  it("is completed in place, with one blank behind it", () => {
    expect(completeMention("hi @an there", { start: 3, letters: "an" }, "anna")).toEqual({
      text: "hi @anna there",
      cursor: 9,
    });
    expect(completeMention("@a", { start: 0, letters: "a" }, "anna")).toEqual({ text: "@anna ", cursor: 6 });
  });
});
