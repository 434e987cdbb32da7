import { sodiumImports } from "../crypto/sodium_imports.ts";
import type { SodiumLibrary } from "../crypto/sodium_library.ts";
import type { HostDatabase } from "../storage/host_database.ts";
import { HomeError, homeErrorCodes } from "./home_error.ts";
import { ModuleMemory } from "./module_memory.ts";

/** What sotto.wasm exports: src/bindings/wasm/door.h. */
interface Door {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  sotto_allocate(size: number): number;
  sotto_free(address: number, size: number): void;
  sotto_open(key: number, now: number): number;
  sotto_close(): void;
  sotto_command(json: number, size: number, now: number): number;
  sotto_frames(batch: number, size: number, now: number): number;
  sotto_stream_opened(now: number): number;
  sotto_stream_closed(reason: number, now: number): number;
  sotto_tick(now: number): number;
  sotto_result(): number;
  sotto_result_size(): number;
  sotto_release_result(): void;
}

/** In the order of `client::StreamClosed::Reason`. */
export const streamEnds = ["lost", "server_going_away", "unauthenticated", "closed_here"] as const;
export type StreamEnd = (typeof streamEnds)[number];

/** What the engine wants done, after its transition is durable. */
export interface Effects {
  readonly stream: "open" | "closed";
  readonly wakeAt: number | undefined;
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** EventFrames in the JSON form of their description. */
  readonly events: readonly object[];
}

export interface EngineSurroundings {
  readonly sodium: SodiumLibrary;
  readonly database: HostDatabase;
  /** Hears what does not hold, before the instance traps. */
  readonly complain?: (text: string) => void;
}

/** One engine in one instance of sotto.wasm. Not to be called from inside its own imports. */
export class EngineModule {
  readonly #door: Door;
  readonly #memory: ModuleMemory;

  private constructor(door: Door, memory: ModuleMemory) {
    this.#door = door;
    this.#memory = memory;
  }

  static async load(module: WebAssembly.Module, surroundings: EngineSurroundings): Promise<EngineModule> {
    const memory = new ModuleMemory();
    const instance = await WebAssembly.instantiate(module, {
      sodium: sodiumImports(surroundings.sodium, memory),
      database: surroundings.database.imports(memory),
      sotto: {
        invariant_broken(file: number, fileSize: number, line: number, place: number, placeSize: number): void {
          surroundings.complain?.(
            `invariant broken at ${memory.text(file, fileSize)}:${line} in ${memory.text(place, placeSize)}`,
          );
        },
      },
    });
    const door = instance.exports as unknown as Door;
    memory.attach(door.memory);
    door._initialize();
    return new EngineModule(door, memory);
  }

  /** Opens the home under its 32-octet storage key, of which the instance keeps the only copy that it makes. */
  open(key: Uint8Array, now: number): void {
    if (key.length !== 32) throw new Error("A storage key has 32 octets.");
    const code = this.#with(key, (address) => this.#door.sotto_open(address, now));
    if (code === 0) return;
    throw new HomeError(homeErrorCodes[code - 1] ?? "storage_failed", this.#text());
  }

  close(): void {
    this.#door.sotto_close();
  }

  /** The effects, or why the text is no command, in English. */
  command(json: string, now: number): Effects | string {
    const octets = new TextEncoder().encode(json);
    const code = this.#with(octets, (address) => this.#door.sotto_command(address, octets.length, now));
    octets.fill(0);
    return code === 0 ? this.#effects() : this.#text();
  }

  frames(frames: readonly Uint8Array[], now: number): Effects {
    const batch = new Uint8Array(frames.reduce((size, frame) => size + 4 + frame.length, 0));
    const view = new DataView(batch.buffer);
    let at = 0;
    for (const frame of frames) {
      view.setUint32(at, frame.length, true);
      batch.set(frame, at + 4);
      at += 4 + frame.length;
    }
    this.#with(batch, (address) => this.#door.sotto_frames(address, batch.length, now));
    return this.#effects();
  }

  streamOpened(now: number): Effects {
    this.#door.sotto_stream_opened(now);
    return this.#effects();
  }

  streamClosed(end: StreamEnd, now: number): Effects {
    this.#door.sotto_stream_closed(streamEnds.indexOf(end), now);
    return this.#effects();
  }

  tick(now: number): Effects {
    this.#door.sotto_tick(now);
    return this.#effects();
  }

  #with(octets: Uint8Array, call: (address: number) => number): number {
    const address = this.#door.sotto_allocate(octets.length);
    this.#memory.octets.set(octets, address);
    const code = call(address);
    this.#door.sotto_free(address, octets.length);
    return code;
  }

  #text(): string {
    return this.#memory.text(this.#door.sotto_result(), this.#door.sotto_result_size());
  }

  #effects(): Effects {
    const begin = this.#door.sotto_result();
    const view = new DataView(this.#memory.octets.buffer, begin, this.#door.sotto_result_size());
    const frames: Uint8Array<ArrayBuffer>[] = [];
    let at = 20;
    for (let left = view.getUint32(16, true); left > 0; --left) {
      const size = view.getUint32(at, true);
      frames.push(this.#memory.at(begin + at + 4, size).slice());
      at += 4 + size;
    }
    const events = this.#memory.text(begin + at + 4, view.getUint32(at, true));
    const effects: Effects = {
      stream: view.getUint32(0, true) === 1 ? "open" : "closed",
      wakeAt: view.getUint32(4, true) === 1 ? view.getFloat64(8, true) : undefined,
      frames,
      events: JSON.parse(events) as object[],
    };
    this.#door.sotto_release_result();
    return effects;
  }
}
