import { type BrowserClient, type ClientOptions, eraseHome, openClient } from "@sotto/client";

/** Opens the home. What is large of the client, its worker loads. */
export function openEngine(options: ClientOptions): Promise<BrowserClient> {
  return openClient(options);
}

/** Deletes all that this origin holds of the home, where it cannot be opened. */
export async function eraseEngine(): Promise<void> {
  await eraseHome();
}
