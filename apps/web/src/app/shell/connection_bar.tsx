import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Icon } from "../../design/icon";
import { Spinner } from "../../design/spinner";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useConnection } from "../../engine/connection";
import { appText } from "../app_text";
import { type ConnectionNotice, connectionNotice } from "../connection_notice";
import styles from "./connection_bar.module.css";

const css = classesOf(styles);

/** Seconds; whoever waits less is as quickly connected without a button. */
const worthRetrying = 4;

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** The notice, looked at again every second while the connection is not live. */
function useNotice(): ConnectionNotice {
  const status = useConnection();
  const isOnline = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  const isLive = status.connection === "live";
  const [brokenSince, setBrokenSince] = useState(() => Date.now());
  const [now, setNow] = useState(brokenSince);
  useEffect(() => {
    if (isLive) return;
    const start = Date.now();
    setBrokenSince(start);
    setNow(start);
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isLive]);
  return connectionNotice({ status, isOnline, brokenSince, now });
}

/** Tells when the connection is not as it should be, and nothing else. */
export function ConnectionBar() {
  const notice = useNotice();
  const t = useText(appText);
  const words = {
    quiet: "",
    offline: t.offline,
    unreachable: t.unreachable,
    waiting: notice.kind === "waiting" ? t.waiting(notice.seconds) : "",
    connecting: t.connecting,
    catching_up: t.catchingUp,
  }[notice.kind];
  const isBusy = notice.kind === "connecting" || notice.kind === "catching_up";
  const client = useClient();
  // If there is no engine that hears it, there is no connection to hurry either.
  const retry = () => void client.ask("connect_now", {}).catch(() => undefined);
  const canRetry = notice.kind === "waiting" && notice.seconds > worthRetrying;
  // The seconds are left out of what is read aloud, or every one of them would be.
  const spoken = notice.kind === "waiting" ? t.unreachable : words;
  return (
    <div className={css("bar", notice.kind !== "quiet" && "shown", !isBusy && "broken")}>
      <span role="status" className="visually_hidden">
        {spoken}
      </span>
      {notice.kind !== "quiet" && (
        <div className={css("content")}>
          {isBusy ? <Spinner size={14} /> : <Icon name="offline" size={16} />}
          <span aria-hidden="true" className={css("words")}>
            {words}
          </span>
          {canRetry && (
            <Button size="s" variant="quiet" onPress={retry}>
              {t.retryNow}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
