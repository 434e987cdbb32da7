import type { Client } from "@sotto/client";
import type { Language } from "../../design/text";
import { errorCode, explainError } from "../../engine/explain_error";
import { accountNameOf, nameProblem } from "./account_name";
import type { GroupsText } from "./groups_text";
import { maxNamed } from "./limits";

/** Somebody who was chosen, by name. */
export interface Chip {
  readonly name: string;
  readonly state: "checking" | "found" | "wrong";
  /** Why it is `wrong`, in words. */
  readonly problem: string;
}

export interface PickerContext {
  readonly t: GroupsText;
  readonly language: Language;
  readonly own: string;
  /** Names that are in the group already. */
  readonly members: ReadonlySet<string>;
}

/** Who is to be added: names, each looked up on the server before it counts. */
export class MemberPicker {
  readonly #client: Client;
  readonly #context: PickerContext;
  readonly #listeners = new Set<() => void>();
  #chips: readonly Chip[] = [];

  constructor(client: Client, context: PickerContext) {
    this.#client = client;
    this.#context = context;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly chips = (): readonly Chip[] => this.#chips;

  /** The names that were found. */
  names(): readonly string[] {
    return this.#chips.filter(({ state }) => state === "found").map(({ name }) => name);
  }

  /** Takes one name or several, as typed or pasted. Those chosen already are passed over. */
  add(typed: string): void {
    for (const part of typed.split(/[\s,;]+/)) {
      const name = accountNameOf(part);
      if (name === "" || this.#chips.some((chip) => chip.name === name)) continue;
      const problem = this.#problemOf(name);
      this.#set([...this.#chips, { name, state: problem === "" ? "checking" : "wrong", problem }]);
      if (problem === "") void this.#lookUp(name);
    }
  }

  remove(name: string): void {
    this.#set(this.#chips.filter((chip) => chip.name !== name));
  }

  removeLast(): void {
    this.#set(this.#chips.slice(0, -1));
  }

  #problemOf(name: string): string {
    const { t, own, members } = this.#context;
    if (name === own) return t.memberSelf;
    if (members.has(name)) return t.memberIn;
    if (this.#chips.length >= maxNamed) return t.memberTooMany;
    return nameProblem(name, t) ?? "";
  }

  async #lookUp(name: string): Promise<void> {
    const { t, language } = this.#context;
    try {
      // Who has devices is there; nothing else comes of asking.
      await this.#client.ask("list_devices", { name });
      this.#settle({ name, state: "found", problem: "" });
    } catch (error) {
      const problem = errorCode(error) === "unknown_account" ? t.memberUnknown : explainError(error, language);
      this.#settle({ name, state: "wrong", problem });
    }
  }

  #settle(settled: Chip): void {
    this.#set(this.#chips.map((chip) => (chip.name === settled.name ? settled : chip)));
  }

  #set(chips: readonly Chip[]): void {
    this.#chips = chips;
    for (const listener of this.#listeners) listener();
  }
}
