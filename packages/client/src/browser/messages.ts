import type { EngineEvent } from "../client.ts";
import type { HomeErrorCode } from "../engine/home_error.ts";
import type { ClientError } from "../generated/engine.ts";
import type { LockChange, LockKind, Unlocking } from "../lock/storage_key.ts";

// What the tabs of one home and the worker that holds its engine say to each other. The tabs speak on one channel and
// the worker on another, so that what the worker says arrives in the order in which it happened.

export interface StartWorker {
  readonly home: string;
  readonly server: string;
}

/** From a tab. `tab` and `id` name the answer. */
export type TabMessage =
  | { readonly kind: "hello" }
  | {
      readonly kind: "ask";
      readonly tab: string;
      readonly id: number;
      readonly name: string;
      readonly parameters: unknown;
    }
  | { readonly kind: "unlock"; readonly tab: string; readonly id: number; readonly unlocking: Unlocking }
  | { readonly kind: "change_lock"; readonly tab: string; readonly id: number; readonly change: LockChange };

export type HomeState =
  | { readonly state: "locked"; readonly lock: LockKind; readonly challenge?: PasskeyChallenge | undefined }
  | { readonly state: "open"; readonly lock: LockKind; readonly challenge?: PasskeyChallenge | undefined }
  | { readonly state: "failed"; readonly code: HomeErrorCode; readonly text: string };

/** What a passkey is asked for. */
export interface PasskeyChallenge {
  readonly credential: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
}

export type Refusal =
  | { readonly kind: "command"; readonly error: ClientError }
  | { readonly kind: "lock"; readonly text: string }
  | { readonly kind: "gone" };

/** From the worker, or from a tab that ends the home for all. `engine` names one opening of the home. */
export type EngineMessage =
  | { readonly kind: "state"; readonly engine: string; readonly home: HomeState }
  | { readonly kind: "heard"; readonly tab: string; readonly id: number }
  | { readonly kind: "answer"; readonly tab: string; readonly id: number; readonly answer: unknown }
  | { readonly kind: "refusal"; readonly tab: string; readonly id: number; readonly refusal: Refusal }
  | { readonly kind: "events"; readonly events: readonly EngineEvent[] }
  | { readonly kind: "erase" };

export const lockName = (home: string) => `sotto:${home}`;
export const toEngine = (home: string) => new BroadcastChannel(`sotto:${home}:engine`);
export const toTabs = (home: string) => new BroadcastChannel(`sotto:${home}:tabs`);
export const poolDirectory = (home: string) => `sotto-${home}`;
export const keyDatabase = (home: string) => `sotto-${home}`;
