import { useState } from "react";
import { Button } from "../../../design/button";
import { Dialog } from "../../../design/dialog";
import { useText } from "../../../design/text";
import { TextField } from "../../../design/text_field";
import { conversationText } from "../conversation_text";

export interface DateDialogProps {
  readonly onClose: () => void;
  /** The beginning of the chosen day. */
  readonly onChoose: (time: number) => void;
}

export function DateDialog({ onClose, onChoose }: DateDialogProps) {
  const t = useText(conversationText);
  const [text, setText] = useState("");
  const time = new Date(`${text}T00:00`).getTime();
  const isDay = !Number.isNaN(time);
  const go = () => {
    onClose();
    onChoose(time);
  };
  return (
    <Dialog
      title={t.dateTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isDisabled={!isDay} onPress={go}>
            {t.dateGo}
          </Button>
        </>
      }
    >
      <TextField type="date" label={t.dateLabel} value={text} onChange={setText} autoFocus />
    </Dialog>
  );
}
