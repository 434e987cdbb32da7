import { Dialog } from "../../../design/dialog";
import { useText } from "../../../design/text";
import { AllEmoji } from "../emoji/reaction_popover";
import { messageText } from "../message/message_text_catalogue";

export interface ReactionDialogProps {
  readonly onClose: () => void;
  readonly onPick: (emoji: string) => void;
}

/** Where there is no button to stand beside: from the menu, or by keyboard. */
export function ReactionDialog({ onClose, onPick }: ReactionDialogProps) {
  const t = useText(messageText);
  return (
    <Dialog title={t.actions.react} isOpen onClose={onClose}>
      <AllEmoji
        onPick={(emoji) => {
          onClose();
          onPick(emoji);
        }}
      />
    </Dialog>
  );
}
