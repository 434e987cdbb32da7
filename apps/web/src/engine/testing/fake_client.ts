import type { Answers, Client, ClientError, CommandName, Commands, EngineEvent, Events } from "@sotto/client";

type Answering<N extends CommandName> = (parameters: Commands[N]) => Answers[N] | Promise<Answers[N]>;

/** A command as it was asked. */
export type Asked = { [N in CommandName]: { readonly name: N; readonly parameters: Commands[N] } }[CommandName];

/** What `CommandFailed` is to the app: an error that carries a `ClientError`. */
export class FakeFailure extends Error {
  readonly error: ClientError;

  constructor(error: Partial<ClientError> & Pick<ClientError, "code">) {
    super(error.text ?? error.code);
    this.name = "CommandFailed";
    this.error = { text: "", retryable: false, ...error };
  }
}

/** A client without an engine: answers what a test tells it to, and says what it was asked. */
export class FakeClient implements Client {
  /** Every command, in order. */
  readonly asked: Asked[] = [];
  closed = false;
  readonly #answers = new Map<CommandName, (parameters: never) => unknown>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();

  /** Says how a command is answered from now on. Throw a `FakeFailure` to let it fail. */
  answer<N extends CommandName>(name: N, answering: Answering<N>): this {
    this.#answers.set(name, answering as (parameters: never) => unknown);
    return this;
  }

  /** Lets a command fail from now on. */
  fail(name: CommandName, error: Partial<ClientError> & Pick<ClientError, "code">): this {
    this.#answers.set(name, () => {
      throw new FakeFailure(error);
    });
    return this;
  }

  /** Tells every listener of an event. */
  emit<N extends keyof Events>(name: N, body: Events[N]): void {
    const event = { name, body } as unknown as EngineEvent;
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** What was asked under one name, in order. */
  askedFor<N extends CommandName>(name: N): readonly Commands[N][] {
    return this.asked.filter((command) => command.name === name).map((command) => command.parameters as Commands[N]);
  }

  async ask<N extends CommandName>(name: N, parameters: Commands[N]): Promise<Answers[N]> {
    this.asked.push({ name, parameters } as unknown as Asked);
    const answering = this.#answers.get(name);
    if (answering === undefined) throw new Error(`the fake client has no answer for ${name}`);
    return (await answering(parameters as never)) as Answers[N];
  }

  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.#listeners.clear();
  }
}
