import { createContext, useContext } from "react";

/** What tries the server again at once; null where that is not possible. */
export const RetryContext = createContext<(() => void) | null>(null);

export function useRetryConnection(): (() => void) | null {
  return useContext(RetryContext);
}
