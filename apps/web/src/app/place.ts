/** What stands in the panes for an address. A phone shows the last of list, main and side that there is. */
export interface Place {
  /** `full`: outside of the shell, as before somebody has an account. */
  readonly layout: "panes" | "full" | "main_only";
  readonly list: "conversations" | "new" | "new_group";
  readonly main: "none" | "conversation" | "search" | "settings" | "verify" | "join" | "unknown";
  readonly side: "none" | "info" | "thread";
  /** Of the conversation that is open; empty if none is. */
  readonly conversation: string;
}

export type Pane = "list" | "main" | "side";

const nowhere: Place = { layout: "panes", list: "conversations", main: "none", side: "none", conversation: "" };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function conversationPlace(conversation: string, rest: readonly string[]): Place {
  const place = { ...nowhere, main: "conversation", conversation } as const;
  if (rest.length === 0) return place;
  if (rest[0] === "info" && rest.length === 1) return { ...place, side: "info" };
  if (rest[0] === "thread" && rest.length === 2) return { ...place, side: "thread" };
  return { ...nowhere, main: "unknown" };
}

/** Reads an address. */
export function placeOf(path: string): Place {
  const [first = "", second = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  const isAlone = second === "";
  switch (first) {
    case "":
      return nowhere;
    case "c":
      return isAlone ? { ...nowhere, main: "unknown" } : conversationPlace(second, rest);
    case "new":
      if (isAlone) return { ...nowhere, list: "new" };
      return second === "group" ? { ...nowhere, list: "new_group" } : { ...nowhere, main: "unknown" };
    case "search":
      return { ...nowhere, main: "search" };
    case "settings":
      return { ...nowhere, layout: "main_only", main: "settings" };
    case "verify":
      return { ...nowhere, main: "verify" };
    case "join":
      return { ...nowhere, main: "join" };
    case "start":
    case "gallery":
      return { ...nowhere, layout: "full" };
    default:
      return { ...nowhere, main: "unknown" };
  }
}

/** The pane that a phone shows. */
export function frontPane(place: Place): Pane {
  if (place.side !== "none") return "side";
  return place.main === "none" ? "list" : "main";
}
