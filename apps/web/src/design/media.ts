import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds, kept current. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** One pane at a time: phones, and windows as narrow as one. The stylesheets say `(max-width: 759px)`. */
export function useIsNarrow(): boolean {
  return useMedia("(max-width: 759px)");
}
