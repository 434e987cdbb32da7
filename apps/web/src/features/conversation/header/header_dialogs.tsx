import { ConfirmDialog } from "../../../design/dialog";
import { useLanguage, useText } from "../../../design/text";
import { useToast } from "../../../design/toast";
import { explainError } from "../../../engine/explain_error";
import { DeleteDialog } from "../../conversation_list/delete_dialog";
import { ReportDialog } from "../../conversation_list/report_dialog";
import type { ConversationModel } from "../conversation_model";
import { conversationText } from "../conversation_text";
import { titleOf } from "../conversation_title";
import { DateDialog } from "../dialogs/date_dialog";
import { SubjectDialog } from "../dialogs/subject_dialog";
import type { ConversationSummary } from "../engine_types";
import { DurationDialog } from "../timer/duration_dialog";
import type { HeaderDialog } from "./use_header_actions";

export interface HeaderDialogsProps {
  readonly dialog: HeaderDialog | undefined;
  readonly summary: ConversationSummary;
  readonly model: ConversationModel;
  readonly onClose: () => void;
  readonly onDate: (time: number) => void;
}

export function HeaderDialogs({ dialog, summary, model, onClose, onDate }: HeaderDialogsProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const toast = useToast();
  switch (dialog) {
    case "date":
      return <DateDialog onClose={onClose} onChoose={onDate} />;
    case "report":
      return <ReportDialog conversation={summary} onClose={onClose} />;
    case "remove":
      return <DeleteDialog conversation={summary} isOpen onClose={onClose} />;
    case "subject":
      return <SubjectDialog summary={summary} onClose={onClose} />;
    case "timer":
      return (
        <DurationDialog
          title={t.timerTitle}
          help={t.timerHelp}
          offLabel={t.timerOff}
          value={summary.timer_ms}
          onClose={onClose}
          onChoose={(ms) => model.setTimer(ms)}
        />
      );
    case "block": {
      const block = async () => {
        try {
          await model.setBlocked(true);
          toast({ text: t.blocked });
        } catch (error) {
          toast({ text: explainError(error, language), tone: "danger" });
        }
        onClose();
      };
      return (
        <ConfirmDialog
          title={t.blockTitle(titleOf(summary, language))}
          body={t.blockBody}
          confirmLabel={t.block}
          isDanger
          onConfirm={block}
          onCancel={onClose}
        />
      );
    }
    default:
      return null;
  }
}
