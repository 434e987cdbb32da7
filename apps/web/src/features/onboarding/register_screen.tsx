import { useState } from "react";
import { Redirect, useLocation } from "wouter";
import { useStore } from "zustand";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { SaveRecoveryScreen } from "../recovery/save_recovery_screen";
import { FirstConversationScreen } from "./first_conversation_screen";
import { askForPersistence } from "./installation";
import { RegisterView } from "./register_view";
import { createRegisterModel } from "./register_view_model";

const steps = 3;

type Step = "account" | "recovery" | "first_conversation";

function AccountStep({ onDone }: { readonly onDone: () => void }) {
  const client = useClient();
  const session = useSession();
  const begunAs = session.state === "registering" ? session.name : "";
  const [model] = useState(() => createRegisterModel(client, { begunAs }));
  const snapshot = useStore(model.store);
  return <RegisterView snapshot={snapshot} actions={model} steps={steps} onDone={onDone} />;
}

/** From nothing to the first conversation: the account, its recovery key, somebody to write to. */
export function RegisterScreen() {
  const session = useSession();
  const [, navigate] = useLocation();
  const [step, setStep] = useState<Step>("account");

  if (step === "recovery") {
    return <SaveRecoveryScreen step={[2, steps]} onDone={() => setStep("first_conversation")} />;
  }
  if (step === "first_conversation") return <FirstConversationScreen step={[3, steps]} />;
  // Signed in already when it was opened, not by it: there is nothing to register.
  if (session.state === "logged_out") return <Redirect to="/start/sign-in" replace />;
  return (
    <AccountStep
      key={session.state === "registering" ? session.name : ""}
      onDone={() => {
        // Asked for here, because browsers grant it to sites that are in use.
        void askForPersistence();
        navigate("/start/register", { replace: true });
        setStep("recovery");
      }}
    />
  );
}
