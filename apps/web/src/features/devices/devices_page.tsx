import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";
import { Page } from "../../design/page";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { LinkAnotherDeviceDialog } from "../linking/link_another_device_dialog";
import { devicesText } from "./devices_text";
import { DevicesView } from "./devices_view";
import { createDevicesModel } from "./devices_view_model";

export interface DevicesPageProps {
  readonly onBack?: (() => void) | undefined;
}

/** The page of the settings about devices; the one place where another device can be linked from. */
export function DevicesPage({ onBack }: DevicesPageProps) {
  const client = useClient();
  const t = useText(devicesText);
  const [model] = useState(() => createDevicesModel(client));
  const [, navigate] = useLocation();
  const [isLinking, setLinking] = useState(false);
  const [now] = useState(() => Date.now());
  const snapshot = useStore(model.store);
  useEffect(() => model.start(), [model]);
  return (
    <Page title={t.title} onBack={onBack}>
      <DevicesView
        snapshot={snapshot}
        actions={model}
        now={now}
        onLink={() => setLinking(true)}
        onSignedOut={() => navigate("/start/sign-in")}
      />
      {isLinking && (
        <LinkAnotherDeviceDialog
          onClose={() => {
            setLinking(false);
            void model.read();
          }}
        />
      )}
    </Page>
  );
}
