import { install } from "../../offline/install";
import { useInstallWay } from "../../offline/use_install_way";

/** What asks the browser to install the app; null where it does not offer to. */
export function useInstallation(): (() => Promise<void>) | null {
  return useInstallWay() === "prompt" ? install : null;
}

/** Asks the browser not to delete this origin's data when space runs short. */
export async function askForPersistence(): Promise<"kept" | "not_promised"> {
  const { storage } = navigator;
  if (storage?.persist === undefined) return "not_promised";
  try {
    return (await storage.persisted()) || (await storage.persist()) ? "kept" : "not_promised";
  } catch {
    return "not_promised";
  }
}
