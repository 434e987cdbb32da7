import type { ModuleMemory } from "../../src/engine/module_memory.ts";

// As much of the WebAssembly System Interface as the test programs use: words, an environment, a clock, standard output,
// and files to read under one folder, "/".

export interface ProgramWorld {
  /** By their paths, without the first "/". */
  readonly files: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly environment: readonly string[];
  readonly printed: string[];
}

export class ProgramEnded extends Error {}

const ok = 0;
const badFile = 8;
const noSuchFile = 44;
const notPossible = 52;
const root = 3;
const directory = 3;
const regularFile = 4;

interface OpenFile {
  readonly octets: Uint8Array;
  at: number;
}

export function systemImports(memory: ModuleMemory, world: ProgramWorld): WebAssembly.ModuleImports {
  const view = () => new DataView(memory.octets.buffer);
  const open = new Map<number, OpenFile>();
  let lastFile = root;
  const put = (address: number, value: number) => view().setUint32(address, value, true);

  /** Texts that end with 0, and where each begins. */
  const putTexts = (texts: readonly string[], pointers: number, target: number) => {
    let at = target;
    for (const [index, text] of texts.entries()) {
      put(pointers + 4 * index, at);
      const octets = new TextEncoder().encode(`${text}\0`);
      memory.octets.set(octets, at);
      at += octets.length;
    }
    return ok;
  };
  const putSizes = (texts: readonly string[], count: number, size: number) => {
    put(count, texts.length);
    put(size, new TextEncoder().encode(texts.map((text) => `${text}\0`).join("")).length);
    return ok;
  };
  /** The pieces of memory that a list names. */
  const pieces = (list: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      memory.at(view().getUint32(list + 8 * index, true), view().getUint32(list + 8 * index + 4, true)),
    );
  const impossible = () => notPossible;

  return {
    args_sizes_get: (count: number, size: number) => putSizes(world.words, count, size),
    args_get: (pointers: number, target: number) => putTexts(world.words, pointers, target),
    environ_sizes_get: (count: number, size: number) => putSizes(world.environment, count, size),
    environ_get: (pointers: number, target: number) => putTexts(world.environment, pointers, target),
    clock_time_get(_clock: number, _precision: bigint, target: number): number {
      view().setBigUint64(target, BigInt(Math.round(performance.now() * 1000)) * 1000n, true);
      return ok;
    },
    proc_exit(): never {
      throw new ProgramEnded();
    },
    fd_write(_file: number, list: number, count: number, written: number): number {
      let size = 0;
      for (const piece of pieces(list, count)) {
        world.printed.push(new TextDecoder().decode(piece.slice()));
        size += piece.length;
      }
      put(written, size);
      return ok;
    },
    fd_read(handle: number, list: number, count: number, read: number): number {
      const file = open.get(handle);
      if (file === undefined) return badFile;
      let size = 0;
      for (const piece of pieces(list, count)) {
        const part = file.octets.subarray(file.at, file.at + piece.length);
        piece.set(part);
        file.at += part.length;
        size += part.length;
      }
      put(read, size);
      return ok;
    },
    fd_close: (handle: number) => (open.delete(handle) ? ok : badFile),
    fd_fdstat_get(handle: number, target: number): number {
      memory.at(target, 24).fill(0);
      memory.octets[target] = handle === root ? directory : open.has(handle) ? regularFile : 2;
      // All rights.
      view().setBigUint64(target + 8, 0x1fffffffn, true);
      view().setBigUint64(target + 16, 0x1fffffffn, true);
      return ok;
    },
    fd_prestat_get(handle: number, target: number): number {
      if (handle !== root) return badFile;
      put(target, 0);
      put(target + 4, 1);
      return ok;
    },
    fd_prestat_dir_name(_handle: number, target: number): number {
      memory.octets[target] = "/".charCodeAt(0);
      return ok;
    },
    path_open(
      _folder: number,
      _lookUp: number,
      path: number,
      size: number,
      _how: number,
      _rights: bigint,
      _inherited: bigint,
      _flags: number,
      target: number,
    ): number {
      const text = world.files[memory.text(path, size)];
      if (text === undefined) return noSuchFile;
      open.set(++lastFile, { octets: new TextEncoder().encode(text), at: 0 });
      put(target, lastFile);
      return ok;
    },
    fd_seek: impossible,
    fd_fdstat_set_flags: impossible,
    path_create_directory: impossible,
    path_filestat_get: impossible,
    path_remove_directory: impossible,
    path_unlink_file: impossible,
  };
}
