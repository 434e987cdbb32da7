import { askPasskey, makePasskey } from "../lock/passkey.ts";
import type { LockKind, Unlocking } from "../lock/storage_key.ts";
import type { HomeState } from "./messages.ts";
import type { Tab } from "./tab.ts";

/** A home that waits for a person. Both functions reject with LockRefused if that does not open it. */
export interface LockedHome {
  readonly kind: Exclude<LockKind, "none">;
  unlock(passphrase: string): Promise<void>;
  /** In answer to a person's click: browsers show the question only then. */
  unlockWithPasskey(): Promise<void>;
}

/** What opens the present lock when it is changed: its passphrase, or nothing, and then the passkey is asked. */
export type CurrentPassphrase = string | undefined;

/** The lock before this home's storage key. Every change needs what opens the present one. */
export class AppLock {
  readonly #tab: Tab;
  readonly #home: string;

  constructor(tab: Tab, home: string) {
    this.#tab = tab;
    this.#home = home;
  }

  get kind(): LockKind {
    const { home } = this.#tab;
    return home === undefined || home.state === "failed" ? "none" : home.lock;
  }

  /** At least 12 characters. */
  async setPassphrase(passphrase: string, current?: CurrentPassphrase): Promise<void> {
    const opening = await this.#current(current);
    await this.#tab.ask({
      kind: "change_lock",
      change: { current: opening, next: { kind: "passphrase", passphrase } },
    });
  }

  /** Makes a passkey; in answer to a person's click. */
  async setPasskey(current?: CurrentPassphrase): Promise<void> {
    const opening = await this.#current(current);
    const made = await makePasskey(this.#home);
    await this.#tab.ask({ kind: "change_lock", change: { current: opening, next: { kind: "passkey", ...made } } });
  }

  async remove(current?: CurrentPassphrase): Promise<void> {
    const opening = await this.#current(current);
    await this.#tab.ask({ kind: "change_lock", change: { current: opening, next: { kind: "none" } } });
  }

  /** For whoever opens the home. */
  locked(home: Extract<HomeState, { state: "locked" }>): LockedHome {
    const unlock = async (unlocking: Unlocking) => {
      await this.#tab.ask({ kind: "unlock", unlocking });
    };
    return {
      kind: home.lock === "passkey" ? "passkey" : "passphrase",
      unlock: (passphrase) => unlock({ kind: "passphrase", passphrase }),
      unlockWithPasskey: async () => {
        const { challenge } = home;
        if (challenge !== undefined) await unlock({ kind: "passkey", output: await askPasskey(challenge) });
      },
    };
  }

  async #current(passphrase: CurrentPassphrase): Promise<Unlocking | undefined> {
    const { home } = this.#tab;
    if (home === undefined || home.state === "failed" || home.lock === "none") return undefined;
    if (home.lock === "passphrase") return { kind: "passphrase", passphrase: passphrase ?? "" };
    return home.challenge && { kind: "passkey", output: await askPasskey(home.challenge) };
  }
}
