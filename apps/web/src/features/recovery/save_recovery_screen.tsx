import { useState } from "react";
import { useStore } from "zustand";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { OnboardingPage } from "../onboarding/onboarding_page";
import "./print_sheet.css";
import { recoveryText } from "./recovery_text";
import { SaveRecoveryView, useSaveRecoveryTitle } from "./save_recovery_view";
import { createSaveRecoveryModel } from "./save_recovery_view_model";

export interface SaveRecoveryScreenProps {
  readonly step?: readonly [number, number];
  /** The key was saved, or is to be later. */
  readonly onDone: () => void;
}

/** The recovery key, on the way into a new account. */
export function SaveRecoveryScreen({ step, onDone }: SaveRecoveryScreenProps) {
  const client = useClient();
  const { name } = useSession();
  const [model] = useState(() => createSaveRecoveryModel(client));
  const snapshot = useStore(model.store);
  const t = useText(recoveryText);
  const title = useSaveRecoveryTitle(snapshot.phase);
  return (
    <OnboardingPage title={title} step={step} isWide={snapshot.phase === "shown"}>
      <SaveRecoveryView
        snapshot={snapshot}
        actions={model}
        accountName={name}
        host={window.location.host}
        replaces={false}
        onLater={onDone}
        laterLabel={t.later}
        onDone={onDone}
      />
    </OnboardingPage>
  );
}
