import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { safeLink } from "./link_safety";

/** A piece of a message as it is drawn. There is no HTML, no image and no heading in it. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "code_block"; readonly text: string; readonly language: string }
  | { readonly kind: "break" }
  | { readonly kind: "line" }
  | { readonly kind: "strong" | "emphasis" | "strike" | "paragraph" | "quote" | "item"; readonly pieces: Piece[] }
  | { readonly kind: "list"; readonly start: number | undefined; readonly pieces: Piece[] }
  | { readonly kind: "link"; readonly href: string; readonly realHost: string | undefined; readonly pieces: Piece[] };

/** Deeper than anybody writes; what lies below is shown as it was typed. */
const deepest = 8;
/** So deep that even reading it would take long. */
const tooDeepToRead = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){12}/m;
/** More than this in one text nobody writes either. */
const mostMarkers = 1_000;
/** Runs of markers that nobody writes and that take quadratic time to pair. */
const tooManyMarkers = /[*_~[\]`!]{40}/;

const left = { disable: { null: ["codeIndented", "htmlFlow", "htmlText", "setextUnderline", "definition"] } };

export function readMarkdown(text: string): Piece[] {
  const markers = text.match(/[[\]*_~`<@]/g)?.length ?? 0;
  const isPlain = tooDeepToRead.test(text) || tooManyMarkers.test(text) || markers > mostMarkers;
  if (isPlain) return [{ kind: "paragraph", pieces: [{ kind: "text", text }] }];
  const root = fromMarkdown(text, { extensions: [gfm(), left], mdastExtensions: [gfmFromMarkdown()] });
  return new Reading(text).piecesOf(root, 0);
}

class Reading {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  piecesOf(parent: Root | Extract<Nodes, { children: unknown[] }>, depth: number): Piece[] {
    return (parent.children as Nodes[]).flatMap((node) => this.#piecesOfNode(node, depth + 1));
  }

  #piecesOfNode(node: Nodes, depth: number): Piece[] {
    if (depth > deepest) return [{ kind: "text", text: this.#asTyped(node) }];
    switch (node.type) {
      case "text":
        return [{ kind: "text", text: node.value }];
      case "inlineCode":
        return [{ kind: "code", text: node.value }];
      case "code":
        return [{ kind: "code_block", text: node.value, language: node.lang ?? "" }];
      case "break":
        return [{ kind: "break" }];
      case "thematicBreak":
        return [{ kind: "line" }];
      case "strong":
      case "emphasis":
      case "paragraph":
        return [{ kind: node.type, pieces: this.piecesOf(node, depth) }];
      case "delete":
        return [{ kind: "strike", pieces: this.piecesOf(node, depth) }];
      case "heading":
        return [{ kind: "paragraph", pieces: [{ kind: "strong", pieces: this.piecesOf(node, depth) }] }];
      case "blockquote":
        return [{ kind: "quote", pieces: this.piecesOf(node, depth) }];
      case "list":
        return [
          { kind: "list", start: node.ordered ? (node.start ?? 1) : undefined, pieces: this.piecesOf(node, depth) },
        ];
      case "listItem":
        return [{ kind: "item", pieces: this.#itemOf(node, depth) }];
      case "link":
        return this.#linkOf(node, depth);
      default:
        return this.#asWritten(node);
    }
  }

  #itemOf(node: Extract<Nodes, { type: "listItem" }>, depth: number): Piece[] {
    const pieces = this.piecesOf(node, depth);
    if (node.checked == null) return pieces;
    return [{ kind: "text", text: node.checked ? "☑ " : "☐ " }, ...pieces];
  }

  #linkOf(node: Extract<Nodes, { type: "link" }>, depth: number): Piece[] {
    const pieces = this.piecesOf(node, depth);
    const link = safeLink(node.url, wordsOf(pieces));
    return link ? [{ kind: "link", ...link, pieces }] : [{ kind: "text", text: this.#asTyped(node) }];
  }

  /** Tables, footnotes, images: what is not drawn in its own way is shown as it was typed. */
  #asWritten(node: Nodes): Piece[] {
    const text: Piece = { kind: "text", text: this.#asTyped(node) };
    const isBlock = node.type === "table" || node.type === "footnoteDefinition" || node.type === "html";
    return isBlock ? [{ kind: "code_block", text: text.text, language: "" }] : [text];
  }

  #asTyped(node: Nodes): string {
    return this.#source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  }
}

export function wordsOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => ("pieces" in piece ? wordsOf(piece.pieces) : "text" in piece ? piece.text : " "))
    .join("");
}
