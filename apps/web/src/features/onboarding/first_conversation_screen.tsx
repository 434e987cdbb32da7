import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { FirstConversationView } from "./first_conversation_view";
import { createFirstConversationModel } from "./first_conversation_view_model";
import { useInstallation } from "./installation";
import { type Destination, forgetPerson, keptDestination, pathOf, personLink } from "./kept_invitation";

function wantedName(destination: Destination | null): string {
  return destination?.kind === "person" ? destination.name : "";
}

export interface FirstConversationScreenProps {
  readonly step?: readonly [number, number];
}

/** After the account is there: follows the invitation that led here, or finds the first person to write to. */
export function FirstConversationScreen({ step }: FirstConversationScreenProps) {
  const client = useClient();
  const { name } = useSession();
  const [, navigate] = useLocation();
  const [destination] = useState(() => keptDestination());
  const [model] = useState(() => createFirstConversationModel(client, wantedName(destination)));
  const snapshot = useStore(model.store);
  const install = useInstallation();

  useEffect(() => {
    forgetPerson();
    if (destination?.kind === "invitation") navigate(pathOf(destination), { replace: true });
  }, [destination, navigate]);

  return (
    <FirstConversationView
      snapshot={snapshot}
      actions={model}
      ownName={name}
      ownLink={personLink(window.location.origin, name)}
      step={step}
      install={install}
      onOpened={(conversation) => navigate(`/c/${conversation}`, { replace: true })}
    />
  );
}
