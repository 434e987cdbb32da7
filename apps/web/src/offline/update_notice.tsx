import { useEffect } from "react";
import { useText } from "../design/text";
import { useToast } from "../design/toast";
import { offlineText } from "./offline_text";
import { appUpdates, useIsUpdateReady } from "./updates";

/** Says that a new version is ready, and says it again whenever the reader comes back. Once in the app. */
export function UpdateNotice() {
  const t = useText(offlineText);
  const toast = useToast();
  const isReady = useIsUpdateReady();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible") return;
      appUpdates()?.lookForNew();
      if (isReady) {
        const action = { label: t.reload, onPress: () => appUpdates()?.takeOver() };
        toast({ text: t.updateReady, tone: "info", action });
      }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [isReady, t, toast]);
  return null;
}
