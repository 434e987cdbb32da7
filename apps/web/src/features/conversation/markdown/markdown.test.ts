import { describe, expect, it } from "vitest";
import { safeLink } from "./link_safety";
import { type Piece, readMarkdown, wordsOf } from "./markdown_tree";
import { splitMentions } from "./mention_split";

const kinds = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => [piece.kind, ...("pieces" in piece ? kinds(piece.pieces) : [])]);
const links = (pieces: readonly Piece[]): Extract<Piece, { kind: "link" }>[] =>
  pieces.flatMap((piece) => [
    ...(piece.kind === "link" ? [piece] : []),
    ...("pieces" in piece ? links(piece.pieces) : []),
  ]);

describe("Markdown", () => {
  it("knows what people write", () => {
    const pieces = readMarkdown("**b** *i* ~~s~~ `c` https://a.example\n\n> q\n\n- one\n- two\n\n```\ncode\n```");
    expect(new Set(kinds(pieces))).toEqual(
      new Set([
        "paragraph",
        "strong",
        "emphasis",
        "strike",
        "code",
        "link",
        "quote",
        "list",
        "item",
        "code_block",
        "text",
      ]),
    );
  });

  it("shows headings as strong words, and images and HTML as they were typed", () => {
    expect(kinds(readMarkdown("# Title"))).toEqual(["paragraph", "strong", "text"]);
    const image = readMarkdown("![x](https://a.example/p.png)");
    expect(kinds(image)).toEqual(["paragraph", "text"]);
    const html = "<img src=x onerror=alert(1)> <script>alert(1)</script>";
    expect(kinds(readMarkdown(html))).toEqual(["paragraph", "text"]);
    expect(wordsOf(readMarkdown(html))).toBe(html);
  });

  it("keeps indented lines and underlined ones as text", () => {
    expect(kinds(readMarkdown("    four blanks"))).toEqual(["paragraph", "text"]);
    expect(kinds(readMarkdown("text\n---"))).not.toContain("strong");
  });

  it("makes no link of anything but the web and mail", () => {
    for (const address of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "java&#x0A;script:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "file:///etc/passwd",
      "//evil.example",
      "/relative",
      "blob:https://a.example/1",
    ]) {
      expect(links(readMarkdown(`[click](<${address}>)`)), address).toEqual([]);
      expect(links(readMarkdown(`<${address}>`)), address).toEqual([]);
    }
    expect(links(readMarkdown("[m](mailto:a@b.example) [w](https://b.example)"))).toHaveLength(2);
  });

  it("draws nothing deeper than a few levels, and loses none of the words", () => {
    const pieces = readMarkdown("> > > > > > > > > > deep");
    const depth = (all: readonly Piece[]): number =>
      Math.max(0, ...all.map((piece) => ("pieces" in piece ? 1 + depth(piece.pieces) : 1)));
    expect(depth(pieces)).toBeLessThanOrEqual(9);
    expect(wordsOf(pieces)).toContain("deep");
  });

  it("reads a hostile text of full length in a moment", () => {
    const size = 16 * 1024;
    for (const part of [
      "> ",
      "*",
      "**a ",
      "[",
      "[a](",
      "`",
      "- ",
      "_a_ ",
      "~~",
      "<a",
      "![",
      "a@b.c ",
      "|a",
      "1. ",
      "&",
    ]) {
      const started = performance.now();
      readMarkdown(part.repeat(size / part.length));
      expect(performance.now() - started, part).toBeLessThan(3_000);
    }
  });
});

describe("a link", () => {
  it("says where it leads if its words look like another place", () => {
    expect(safeLink("https://evil.example/x", "bank.example")?.realHost).toBe("evil.example");
    expect(safeLink("https://evil.example", "https://bank.example/login")?.realHost).toBe("evil.example");
    expect(safeLink("https://bank.example@evil.example", "https://bank.example@evil.example")?.realHost).toBe(
      "evil.example",
    );
    expect(safeLink("https://evil.example", "\u202ebank.example")?.realHost).toBe("evil.example");
  });

  it("says nothing of that where words and place agree, or the words are just words", () => {
    expect(safeLink("https://www.a.example/path", "a.example")?.realHost).toBeUndefined();
    expect(safeLink("https://a.example/path", "https://a.example/path")?.realHost).toBeUndefined();
    expect(safeLink("https://a.example", "look here")?.realHost).toBeUndefined();
  });
});

describe("mentions in a text", () => {
  const people = ["ann", "anna", "bo.l"].map((name) => ({ account: name, name, isSelf: name === "bo.l" }));
  const named = (text: string) => splitMentions(text, people).flatMap((part) => part.mention?.name ?? []);

  it("are whole names after an at sign", () => {
    expect(named("@anna, @ann and @bo.l.")).toEqual(["anna", "ann", "bo.l"]);
    expect(named("x@anna @annabel @unknown")).toEqual([]);
  });

  it("lose nothing of the text around them", () => {
    const text = "a @ann b@ann @bo.l!";
    expect(
      splitMentions(text, people)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});
