import { useState } from "react";
import { Redirect } from "wouter";
import { useStore } from "zustand";
import { useLanguage } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { nameThisDevice } from "../devices/device_name";
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
  const client = useClient();
  const language = useLanguage();
  const session = useSession();
  const [step, setStep] = useState<Step>("account");

  if (step === "recovery") {
    return <SaveRecoveryScreen step={[2, steps]} onDone={() => setStep("first_conversation")} />;
  }
  if (step === "first_conversation") return <FirstConversationScreen step={[3, steps]} />;
  // Signed in already when it was opened, not by it: there is nothing to register.
  if (session.state === "logged_out") return <Redirect to="/start/sign-in" replace />;
  // Not keyed by the session: it is "registering" for a moment while the form waits for its answer.
  if (session.state === "starting") return null;
  return (
    <AccountStep
      onDone={() => {
        // Asked for here, because browsers grant it to sites that are in use.
        void askForPersistence();
        void nameThisDevice(client, language);
        setStep("recovery");
      }}
    />
  );
}
