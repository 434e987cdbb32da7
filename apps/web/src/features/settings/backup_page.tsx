import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Dialog } from "../../design/dialog";
import { Page } from "../../design/page";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import "../recovery/print_sheet.css";
import { SaveRecoveryView, useSaveRecoveryTitle } from "../recovery/save_recovery_view";
import { createSaveRecoveryModel } from "../recovery/save_recovery_view_model";
import { BackupView, type ExportKind } from "./backup_view";
import { createBackupModel } from "./backup_view_model";
import { ExportDialog } from "./export_dialog";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

interface MakeKeyDialogProps {
  readonly replaces: boolean;
  readonly onClose: () => void;
}

function MakeKeyDialog({ replaces, onClose }: MakeKeyDialogProps) {
  const client = useClient();
  const t = useText(settingsText);
  const { name } = useSession();
  const [model] = useState(() => createSaveRecoveryModel(client));
  const snapshot = useStore(model.store);
  const title = useSaveRecoveryTitle(snapshot.phase);
  const isShowing = snapshot.phase === "shown" || snapshot.phase === "check";
  return (
    <Dialog
      title={title}
      isOpen
      size={snapshot.phase === "shown" ? "wide" : "m"}
      // Words that are shown once must not go by a press beside them; "Later" leads back.
      isBlocking={isShowing}
      onClose={onClose}
    >
      <SaveRecoveryView
        snapshot={snapshot}
        actions={model}
        accountName={name}
        host={window.location.host}
        replaces={replaces}
        onLater={onClose}
        laterLabel={t.cancel}
        onDone={onClose}
      />
    </Dialog>
  );
}

/** The page of the settings about backup and recovery. */
export function BackupPage({ onBack }: SettingsPageProps) {
  const client = useClient();
  const t = useText(settingsText);
  const { name } = useSession();
  const [model] = useState(() => createBackupModel(client));
  const snapshot = useStore(model.store);
  const [isMaking, setMaking] = useState(false);
  const [exporting, setExporting] = useState<ExportKind | null>(null);
  useEffect(() => model.start(), [model]);
  return (
    <Page title={t.pages.backup} onBack={onBack}>
      <BackupView snapshot={snapshot} actions={model} onMake={() => setMaking(true)} onExport={setExporting} />
      {isMaking && (
        <MakeKeyDialog
          replaces={snapshot.status?.on ?? false}
          onClose={() => {
            setMaking(false);
            void model.read();
          }}
        />
      )}
      {exporting && (
        <ExportDialog
          kind={exporting}
          snapshot={snapshot}
          actions={model}
          accountName={name}
          host={window.location.host}
          onClose={() => {
            setExporting(null);
            model.forgetExport();
          }}
        />
      )}
    </Page>
  );
}
