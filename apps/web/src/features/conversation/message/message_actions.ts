import type { TimelineMessage } from "../engine_types";

/** What can be done to a message. The engine checks it again. */
export type MessageAction =
  | "react"
  | "reply"
  | "thread"
  | "copy"
  | "forward"
  | "star"
  | "edit"
  | "retry"
  | "cancel"
  | "delete_for_me"
  | "delete_for_everyone"
  | "info";

export interface ActionRights {
  readonly mayWrite: boolean;
  /** Administrators of a group delete what others wrote. */
  readonly mayModerate: boolean;
}

export function actionsFor(message: TimelineMessage, { mayWrite, mayModerate }: ActionRights): MessageAction[] {
  const isDeleted = message.kind === "deleted";
  const isReadable = message.cause === "none" && !isDeleted;
  if (message.own && message.state === "failed") return ["retry", "copy", "cancel", "info"];
  if (message.own && message.state === "pending") {
    return isReadable ? ["copy", "cancel", "info"] : ["cancel"];
  }
  const actions: MessageAction[] = [];
  if (isReadable && mayWrite) actions.push("react", "reply", "thread");
  if (isReadable && !mayWrite) actions.push("thread");
  if (isReadable) actions.push("copy", "forward", "star");
  if (isReadable && mayWrite && message.own && message.kind === "text") actions.push("edit");
  actions.push("info", "delete_for_me");
  if (!isDeleted && (message.own || mayModerate)) actions.push("delete_for_everyone");
  return actions;
}
