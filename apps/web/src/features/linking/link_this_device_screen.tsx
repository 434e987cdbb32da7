import { useEffect, useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useStore } from "zustand";
import { currentLanguage } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { type Session, useSession } from "../../engine/session";
import { nameThisDevice } from "../devices/device_name";
import { askForPersistence } from "../onboarding/installation";
import { LinkThisDeviceView } from "./link_this_device_view";
import { createLinkThisDeviceModel } from "./link_this_device_view_model";

function Linking({ session }: { readonly session: Session }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [model] = useState(() => createLinkThisDeviceModel(client, window.location.origin));
  const snapshot = useStore(model.store);
  // Begun by pressing a link that says so, and given up by leaving.
  useEffect(() => model.start(), [model]);
  useEffect(() => {
    if (snapshot.phase !== "joined") return;
    void askForPersistence();
    void nameThisDevice(client, currentLanguage());
  }, [client, snapshot.phase]);
  // Another tab may have finished it.
  if (session.state === "logged_in" && snapshot.phase === "code") return <Redirect to="/" replace />;
  return <LinkThisDeviceView snapshot={snapshot} actions={model} onDone={() => navigate("/", { replace: true })} />;
}

/** Makes this browser a device of an account, with the help of one that is signed in. */
export function LinkThisDeviceScreen() {
  const session = useSession();
  if (session.state === "starting") return null;
  return <Linking session={session} />;
}
