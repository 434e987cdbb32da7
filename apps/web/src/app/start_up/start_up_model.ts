import type { BrowserClient, ClientOptions, LockedHome } from "@sotto/client";
import { type BrowserProblem, browserProblem } from "./browser_check";

/** Why the home does not open. */
export type StartFailure = "storage_refused" | "busy" | "damaged" | "failed";

export type StartState =
  | { readonly kind: "starting" }
  | { readonly kind: "locked"; readonly home: LockedHome }
  | { readonly kind: "ready"; readonly client: BrowserClient }
  | { readonly kind: "problem"; readonly problem: BrowserProblem }
  | { readonly kind: "failed"; readonly why: StartFailure; readonly text: string };

export interface StartUpMeans {
  readonly open: (options: ClientOptions) => Promise<BrowserClient>;
  readonly check?: () => BrowserProblem | null;
}

/** Names that browsers give to a refusal to store. */
const refusals = /SecurityError|NotAllowedError|QuotaExceededError|InvalidStateError|UnknownError/;

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** Sorts why opening failed by what a person can do about it. */
export function startFailure(error: unknown): { why: StartFailure; text: string } {
  const text = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : "";
  switch (codeOf(error)) {
    case "busy":
      return { why: "busy", text };
    case "wrong_key":
    case "damaged":
    case "newer_version":
      return { why: "damaged", text };
    case "storage_failed":
      return { why: "storage_refused", text };
    default:
      return { why: refusals.test(`${name} ${text}`) ? "storage_refused" : "failed", text };
  }
}

/** Opens the home once, and again if that failed. */
export class StartUpModel {
  readonly #means: StartUpMeans;
  readonly #listeners = new Set<() => void>();
  #state: StartState = { kind: "starting" };
  #attempt = 0;

  constructor(means: StartUpMeans) {
    this.#means = means;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): StartState => this.#state;

  /** Begins, or begins again; an attempt before that still runs is let go. */
  readonly start = (): void => {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const problem = (this.#means.check ?? browserProblem)();
    if (problem !== null) {
      this.#enter({ kind: "problem", problem });
      return;
    }
    this.#enter({ kind: "starting" });
    const isCurrent = () => attempt === this.#attempt;
    const onLocked = (home: LockedHome) => isCurrent() && this.#enter({ kind: "locked", home });
    this.#means.open({ onLocked }).then(
      (client) => {
        if (isCurrent()) this.#enter({ kind: "ready", client });
        else void client.close();
      },
      (error: unknown) => isCurrent() && this.#enter({ kind: "failed", ...startFailure(error) }),
    );
  };

  #enter(state: StartState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
