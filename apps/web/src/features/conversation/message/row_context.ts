import { createContext, useContext } from "react";
import type { Person } from "../conversation_model";
import type { TimelineMessage } from "../engine_types";
import type { ActionRights, MessageAction } from "./message_actions";

/** What rows do; one object for the life of the conversation, so that rows stay as they are. */
export interface RowActions {
  perform(action: MessageAction, message: TimelineMessage): void;
  /** Adds the reaction, or takes the own one back. */
  react(message: TimelineMessage, emoji: string): void;
  showQuoted(message: TimelineMessage): void;
  openThread(message: TimelineMessage): void;
}

/** What all rows of a conversation have in common. */
export interface RowContext {
  readonly self: Person;
  readonly isGroup: boolean;
  readonly people: readonly Person[];
  readonly rights: ActionRights;
  readonly actions: RowActions;
  /** In a thread: its messages do not say that they are in one. */
  readonly isThread: boolean;
}

const Context = createContext<RowContext | null>(null);
export const RowContextProvider = Context.Provider;

export function useRowContext(): RowContext {
  const context = useContext(Context);
  if (context === null) throw new Error("a message stands inside a RowContextProvider");
  return context;
}

export function nameOf(people: readonly Person[], account: string): string | undefined {
  return people.find((person) => person.account === account)?.name || undefined;
}
