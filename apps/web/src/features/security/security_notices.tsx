import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { SecurityNoticesView } from "./security_notices_view";
import { createSecurityNoticesModel } from "./security_notices_view_model";

/**
 * The notices about devices, identities and the server that a person must see wherever they are in the app. Mounted
 * once by the shell, for as long as the app is open.
 */
export function SecurityNotices() {
  const client = useClient();
  const { device } = useSession();
  const ownDevice = useRef(device);
  useEffect(() => {
    ownDevice.current = device;
  }, [device]);
  const [model] = useState(() => createSecurityNoticesModel(client, { ownDevice: () => ownDevice.current }));
  const snapshot = useStore(model.store);
  useEffect(() => model.start(), [model]);
  return <SecurityNoticesView snapshot={snapshot} actions={model} />;
}
