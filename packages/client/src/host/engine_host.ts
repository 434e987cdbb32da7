import { ClientGone, CommandFailed, type EngineEvent } from "../client.ts";
import type { Effects, EngineModule, StreamEnd } from "../engine/engine_module.ts";
import type { Answers, ClientError, CommandName, Commands } from "../generated/engine.ts";
import type { OpenStream, Stream } from "../stream/stream.ts";
import { afterPresentTasks } from "./turn.ts";

const mostFramesAtOnce = 64;
/** The wall clock may jump, so no sleep is longer than this. */
const longestSleep = 60_000;

type Input =
  | { readonly kind: "command"; readonly id: number; readonly name: string; readonly parameters: unknown }
  | { readonly kind: "frames"; readonly frames: Uint8Array[] }
  | { readonly kind: "opened" }
  | { readonly kind: "closed"; readonly end: StreamEnd }
  | { readonly kind: "tick" };

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
}

export interface EngineHostOptions {
  readonly engine: EngineModule;
  /** Absent: there is no network. */
  readonly openStream?: OpenStream | undefined;
  readonly now?: () => number;
  /** The instance trapped and is lost; the host has ended. */
  readonly failed?: (reason: Error) => void;
}

/** Runs an engine: feeds it commands, frames and time, performs its effects, opens the stream when it wants one. */
export class EngineHost {
  readonly #engine: EngineModule;
  readonly #openStream: OpenStream | undefined;
  readonly #now: () => number;
  readonly #failed: (reason: Error) => void;
  readonly #inputs: Input[] = [];
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  #turnIsComing = false;
  #stream: Stream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastCommand = 0;
  #tookCommand = false;
  #ended = false;

  constructor(options: EngineHostOptions) {
    this.#engine = options.engine;
    this.#openStream = options.openStream;
    this.#now = options.now ?? Date.now;
    this.#failed = options.failed ?? (() => {});
    this.#add({ kind: "tick" });
  }

  ask<N extends CommandName>(name: N, parameters: Commands[N]): Promise<Answers[N]> {
    if (this.#ended) return Promise.reject(new ClientGone());
    return new Promise<unknown>((resolve, reject) => {
      const id = ++this.#lastCommand;
      this.#asked.set(id, { resolve, reject });
      this.#add({ kind: "command", id, name, parameters });
    }) as Promise<Answers[N]>;
  }

  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the engine; everything that it acknowledged is stored already. False if it had ended before. */
  close(): boolean {
    if (this.#ended) return false;
    this.#end();
    this.#engine.close();
    return true;
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#inputs.length = 0;
    this.#stream?.close();
    this.#stream = undefined;
    for (const { reject } of this.#asked.values()) reject(new ClientGone());
    this.#asked.clear();
    this.#listeners.clear();
  }

  #add(input: Input): void {
    if (this.#ended) return;
    this.#inputs.push(input);
    this.#comeBack();
  }

  #addFrame(frame: Uint8Array): void {
    // Frames that arrive together are handed over together, because each transition costs a commit.
    const last = this.#inputs.at(-1);
    if (last?.kind === "frames" && last.frames.length < mostFramesAtOnce) last.frames.push(frame);
    else this.#add({ kind: "frames", frames: [frame] });
  }

  /** One input a turn, so that frames that arrive meanwhile find others to go with. */
  #takeTurn(): void {
    this.#turnIsComing = false;
    const input = this.#next();
    if (input === undefined || this.#ended) return;
    let effects: Effects | undefined;
    try {
      effects = this.#handle(input);
    } catch (reason) {
      this.#end();
      this.#failed(reason instanceof Error ? reason : new Error("The engine failed."));
      return;
    }
    if (this.#inputs.length > 0) this.#comeBack();
    this.#perform(effects);
  }

  /** Every other turn a command comes first: somebody waits for it, and in a flood there are always frames before it. */
  #next(): Input | undefined {
    const command = this.#tookCommand ? -1 : this.#inputs.findIndex(({ kind }) => kind === "command");
    const [input] = command > 0 ? this.#inputs.splice(command, 1) : this.#inputs.splice(0, 1);
    this.#tookCommand = input?.kind === "command";
    return input;
  }

  #comeBack(): void {
    if (this.#turnIsComing) return;
    this.#turnIsComing = true;
    afterPresentTasks(() => this.#takeTurn());
  }

  #handle(input: Input): Effects | undefined {
    const now = this.#now();
    switch (input.kind) {
      case "command":
        return this.#command(input, now);
      case "frames":
        return this.#engine.frames(input.frames, now);
      case "opened":
        return this.#engine.streamOpened(now);
      case "closed":
        return this.#engine.streamClosed(input.end, now);
      case "tick":
        return this.#engine.tick(now);
    }
  }

  #command(input: Input & { kind: "command" }, now: number): Effects | undefined {
    const effects = this.#engine.command(JSON.stringify({ id: input.id, [input.name]: input.parameters }), now);
    if (typeof effects !== "string") return effects;
    const error: ClientError = { code: "bad_command", text: effects, retryable: false };
    this.#asked.get(input.id)?.reject(new CommandFailed(error));
    this.#asked.delete(input.id);
    return undefined;
  }

  #perform(effects: Effects | undefined): void {
    if (effects === undefined) return;
    for (const frame of effects.frames) {
      // A stream that cannot take more is beyond help; the engine asks for everything again on the next one.
      if (this.#stream?.send(frame) === false) this.#stream.close();
    }
    this.#setTimer(effects.wakeAt);
    if (effects.stream === "open" && this.#stream === undefined) this.#connect();
    if (effects.stream === "closed") this.#stream?.close();
    for (const event of effects.events) this.#hear(event as Record<string, unknown>);
  }

  /** An event frame is the number of the command that it answers, if any, and one more member: the event. */
  #hear(frame: Record<string, unknown>): void {
    const { command, ...rest } = frame;
    const [name, body] = Object.entries(rest)[0] ?? [];
    if (name === undefined) return;
    if (typeof command !== "number" || command === 0) {
      for (const listener of [...this.#listeners]) tell(listener, { name, body } as EngineEvent);
      return;
    }
    const asked = this.#asked.get(command);
    this.#asked.delete(command);
    if (name === "failed") asked?.reject(new CommandFailed((body as { error: ClientError }).error));
    else asked?.resolve(body);
  }

  #connect(): void {
    this.#stream = this.#openStream?.({
      opened: () => this.#add({ kind: "opened" }),
      frame: (frame) => this.#addFrame(frame),
      closed: (end) => {
        this.#stream = undefined;
        this.#add({ kind: "closed", end });
      },
    });
  }

  #setTimer(wakeAt: number | undefined): void {
    clearTimeout(this.#timer);
    if (wakeAt === undefined) return;
    const wanted = Math.max(0, wakeAt - this.#now());
    this.#timer = setTimeout(() => this.#add({ kind: "tick" }), Math.min(wanted, longestSleep));
  }
}

/** What goes wrong in a listener is its own: it neither stops the engine nor keeps others from hearing. */
function tell(listener: (event: EngineEvent) => void, event: EngineEvent): void {
  try {
    listener(event);
  } catch (reason) {
    queueMicrotask(() => {
      throw reason;
    });
  }
}
