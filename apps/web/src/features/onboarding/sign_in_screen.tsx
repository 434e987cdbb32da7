import { useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useStore } from "zustand";
import { useClient } from "../../engine/client_context";
import { type Session, useSession } from "../../engine/session";
import { eraseThisDevice } from "../settings/device_storage";
import { SignInView } from "./sign_in_view";
import { createSignInModel } from "./sign_in_view_model";

function SignIn({ session, onDone }: { readonly session: Session; readonly onDone: () => void }) {
  const client = useClient();
  const [model] = useState(() => createSignInModel(client, session.name));
  const snapshot = useStore(model.store);
  return <SignInView snapshot={snapshot} actions={model} onDone={onDone} onErase={() => eraseThisDevice(client)} />;
}

/** Where a device goes that was signed out. */
export function SignInScreen() {
  const session = useSession();
  const [, navigate] = useLocation();
  if (session.state === "empty") return <Redirect to="/start" replace />;
  if (session.state === "logged_in") return <Redirect to="/" replace />;
  if (session.name === "") return null;
  return <SignIn key={session.name} session={session} onDone={() => navigate("/", { replace: true })} />;
}
