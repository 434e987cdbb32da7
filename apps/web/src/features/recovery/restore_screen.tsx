import { useEffect, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useStore } from "zustand";
import { currentLanguage } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { nameThisDevice } from "../devices/device_name";
import { askForPersistence } from "../onboarding/installation";
import { RestoreView } from "./restore_view";
import { createRestoreModel } from "./restore_view_model";
import { SaveRecoveryScreen } from "./save_recovery_screen";

/** Takes an account up again in this browser: from a backup, or with a new identity when all is lost. */
export function RestoreScreen() {
  const client = useClient();
  const session = useSession();
  const [, navigate] = useLocation();
  const [model] = useState(() => createRestoreModel(client));
  const snapshot = useStore(model.store);
  useEffect(() => model.start(), [model]);

  useEffect(() => {
    if (snapshot.phase === "form") return;
    void askForPersistence();
    void nameThisDevice(client, currentLanguage());
  }, [client, snapshot.phase]);

  const leave = () => navigate("/", { replace: true });
  if (snapshot.phase === "form" && !snapshot.isBusy && session.state === "logged_in")
    return <Redirect to="/" replace />;
  // After a reset nothing is backed up any more, so that comes next.
  if (snapshot.phase === "reset") return <SaveRecoveryScreen onDone={leave} />;
  return <RestoreView snapshot={snapshot} actions={model} onDone={leave} />;
}
