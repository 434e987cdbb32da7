import type { Answers, ClientError, CommandName, Commands, Events } from "./generated/engine.ts";

export type EngineEvent = { [N in keyof Events]: { readonly name: N; readonly body: Events[N] } }[keyof Events];

export interface Client {
  /** Sends a command; resolves with its answer; rejects with CommandFailed or ClientGone. */
  ask<N extends CommandName>(name: N, parameters: Commands[N]): Promise<Answers[N]>;
  /** Hears every event that answers no command, in order. Returns what ends the listening. */
  listen(listener: (event: EngineEvent) => void): () => void;
  /** Hands the home over and ends. What is still asked is rejected with ClientGone. */
  close(): Promise<void>;
}

/** The engine refused a command; `error` says why, and whether the same may succeed later. */
export class CommandFailed extends Error {
  readonly error: ClientError;
  constructor(error: ClientError) {
    super(error.text);
    this.name = "CommandFailed";
    this.error = error;
  }
}

/**
 * The engine went away before it answered: the client was closed, or the tab that held the engine was. The command may
 * have been carried out; commands that matter are made so that asking again does no harm.
 */
export class ClientGone extends Error {
  constructor(text = "The engine went away before it answered.") {
    super(text);
    this.name = "ClientGone";
  }
}
