import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { LinkAnotherDeviceView } from "./link_another_device_view";
import { createLinkAnotherDeviceModel } from "./link_another_device_view_model";
import { linkingText } from "./linking_text";

export interface LinkAnotherDeviceDialogProps {
  readonly onClose: () => void;
}

/** Takes a new device in. Opened from the settings of a device that is signed in, and from nowhere else. */
export function LinkAnotherDeviceDialog({ onClose }: LinkAnotherDeviceDialogProps) {
  const client = useClient();
  const [model, setModel] = useState<ReturnType<typeof createLinkAnotherDeviceModel> | null>(null);
  useEffect(() => {
    const made = createLinkAnotherDeviceModel(client, window.location.origin);
    setModel(made);
    return () => made.end();
  }, [client]);
  return model === null ? null : <Opened model={model} onClose={onClose} />;
}

interface OpenedProps {
  readonly model: ReturnType<typeof createLinkAnotherDeviceModel>;
  readonly onClose: () => void;
}

function Opened({ model, onClose }: OpenedProps) {
  const t = useText(linkingText);
  const snapshot = useStore(model.store);
  const isOver = snapshot.phase === "refused" || snapshot.phase === "failed";
  return (
    <Dialog
      title={snapshot.phase === "compare" ? t.compareTitle : t.addTitle}
      isOpen
      // A press beside it must not end what another device waits for.
      isBlocking={snapshot.phase === "compare"}
      onClose={onClose}
      actions={
        <>
          {isOver && <Button onPress={model.startAgain}>{t.startAgain}</Button>}
          {(isOver || snapshot.phase === "added") && (
            <Button variant="primary" onPress={onClose} autoFocus>
              {t.done}
            </Button>
          )}
        </>
      }
    >
      <LinkAnotherDeviceView snapshot={snapshot} actions={model} />
    </Dialog>
  );
}
