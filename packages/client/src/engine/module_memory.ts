/** The memory of a WebAssembly instance, which moves when it grows. */
export class ModuleMemory {
  #memory: WebAssembly.Memory | undefined;
  #octets = new Uint8Array(0);

  /** Imports are made before the instance that has the memory; nothing reads it earlier. */
  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
  }

  /** All of it, as it lies now. Not to be kept across a call into the instance. */
  get octets(): Uint8Array<ArrayBuffer> {
    if (this.#octets.byteLength === 0) {
      if (this.#memory === undefined) throw new Error("The module's memory is not attached.");
      this.#octets = new Uint8Array(this.#memory.buffer as ArrayBuffer);
    }
    return this.#octets as Uint8Array<ArrayBuffer>;
  }

  at(address: number, size: number): Uint8Array<ArrayBuffer> {
    return this.octets.subarray(address, address + size);
  }

  text(address: number, size: number): string {
    return new TextDecoder().decode(this.at(address, size));
  }
}
