import { Fragment, memo, type ReactNode, useEffect, useState } from "react";
import { classesOf } from "../../../design/class_names";
import { useText } from "../../../design/text";
import { markdownText } from "./markdown_text";
import type { Piece } from "./markdown_tree";
import { type MentionName, splitMentions } from "./mention_split";
import styles from "./message_text.module.css";

const css = classesOf(styles);

type Reader = (text: string) => Piece[];
let reader: Reader | undefined;
let loading: Promise<void> | undefined;
const known = new Map<string, Piece[]>();
const mostKnown = 500;

/** The reader of Markdown comes by itself after the first screen; until then messages are shown as they were typed. */
export function loadMarkdown(): Promise<void> {
  loading ??= import("./markdown_tree").then(
    (module) => {
      reader = module.readMarkdown;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

const mayBeMarkdown = /[*_`~#>[\]\\|]|https?:|www\.|\S@\S|^\s*(?:[-+]|\d+[.)])\s|^\s*---/m;

function piecesOf(text: string): Piece[] | undefined {
  if (!mayBeMarkdown.test(text)) return undefined;
  const before = known.get(text);
  if (before !== undefined || reader === undefined) return before;
  const pieces = reader(text);
  if (known.size >= mostKnown) known.delete(known.keys().next().value ?? "");
  known.set(text, pieces);
  return pieces;
}

function useMarkdown(text: string): Piece[] | undefined {
  const [, setIsLoaded] = useState(reader !== undefined);
  const needsReader = reader === undefined && mayBeMarkdown.test(text);
  useEffect(() => {
    if (!needsReader) return;
    let isGone = false;
    loadMarkdown().then(
      () => isGone || setIsLoaded(true),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [needsReader]);
  return piecesOf(text);
}

const onlyEmoji =
  /^(?:(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*)\s?){1,4}$/u;
const longText = 1_400;
const manyLines = 22;

export interface MessageTextProps {
  readonly text: string;
  readonly mentions: readonly MentionName[];
  /** Whether a long text may be folded. */
  readonly isFoldable?: boolean;
}

/** What somebody wrote: Markdown as React elements, never HTML. */
export const MessageText = memo(function MessageText({ text, mentions, isFoldable = true }: MessageTextProps) {
  const t = useText(markdownText);
  const pieces = useMarkdown(text);
  const [isOpen, setIsOpen] = useState(false);
  const isLong = isFoldable && (text.length > longText || text.split("\n", manyLines + 1).length > manyLines);
  const isLarge = text.length < 40 && onlyEmoji.test(text.trim());
  return (
    <>
      <div className={css("text", isLarge && "large", isLong && !isOpen && "folded")} dir="auto">
        {pieces ? draw(pieces, mentions) : <p>{drawText(text, mentions)}</p>}
      </div>
      {isLong && (
        <button type="button" className={css("unfold")} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t.showLess : t.showMore}
        </button>
      )}
    </>
  );
});

function draw(pieces: readonly Piece[], mentions: readonly MentionName[]): ReactNode {
  // Pieces have no identity; their place is all there is, and a text never changes without being read anew.
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return pieces.map((piece, place) => <Fragment key={`${place} ${piece.kind}`}>{drawPiece(piece, mentions)}</Fragment>);
}

function drawPiece(piece: Piece, mentions: readonly MentionName[]): ReactNode {
  switch (piece.kind) {
    case "text":
      return drawText(piece.text, mentions);
    case "code":
      return <code className={css("code")}>{piece.text}</code>;
    case "code_block":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a code block that scrolls has to be reached by keyboard
        <pre className={css("block")} tabIndex={0}>
          <code>{piece.text}</code>
        </pre>
      );
    case "break":
      return <br />;
    case "line":
      return <hr className={css("line")} />;
    case "strong":
      return <strong>{draw(piece.pieces, mentions)}</strong>;
    case "emphasis":
      return <em>{draw(piece.pieces, mentions)}</em>;
    case "strike":
      return <del>{draw(piece.pieces, mentions)}</del>;
    case "paragraph":
      return <p>{draw(piece.pieces, mentions)}</p>;
    case "quote":
      return <blockquote className={css("quote")}>{draw(piece.pieces, mentions)}</blockquote>;
    case "item":
      return <li>{draw(piece.pieces, mentions)}</li>;
    case "list":
      return piece.start === undefined ? (
        <ul className={css("list")}>{draw(piece.pieces, mentions)}</ul>
      ) : (
        <ol className={css("list", "numbered")} start={piece.start}>
          {draw(piece.pieces, mentions)}
        </ol>
      );
    case "link":
      return drawLink(piece, mentions);
  }
}

function drawLink(piece: Extract<Piece, { kind: "link" }>, mentions: readonly MentionName[]): ReactNode {
  return (
    <>
      <a href={piece.href} target="_blank" rel="noopener noreferrer">
        {draw(piece.pieces, mentions)}
      </a>
      {piece.realHost && <span className={css("host")}> → {piece.realHost}</span>}
    </>
  );
}

function drawText(text: string, mentions: readonly MentionName[]): ReactNode {
  if (mentions.length === 0) return text;
  return splitMentions(text, mentions).map((part, place) =>
    part.mention ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
      <span key={place} className={css("mention", part.mention.isSelf && "self")}>
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}
