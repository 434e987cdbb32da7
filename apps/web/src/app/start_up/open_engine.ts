import type { BrowserClient, ClientOptions } from "@sotto/client";

/** Loads the client apart from the first screen, and opens the home. */
export async function openEngine(options: ClientOptions): Promise<BrowserClient> {
  const { openClient } = await import("@sotto/client");
  return openClient(options);
}

/** Deletes all that this origin holds of the home, where it cannot be opened. */
export async function eraseEngine(): Promise<void> {
  const { eraseHome } = await import("@sotto/client");
  await eraseHome();
}
