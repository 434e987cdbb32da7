import { useState } from "react";
import { Button } from "../../../design/button";
import { Radio, RadioGroup } from "../../../design/choice";
import { Dialog } from "../../../design/dialog";
import { formatDuration } from "../../../design/format";
import { useLanguage, useText } from "../../../design/text";
import { explainError } from "../../../engine/explain_error";
import { conversationText } from "../conversation_text";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const usual = [30_000, 5 * minute, hour, 8 * hour, day, 7 * day, 28 * day];

export interface DurationDialogProps {
  readonly title: string;
  readonly help?: string;
  readonly offLabel: string;
  /** 0 for off. */
  readonly value: number;
  readonly onClose: () => void;
  readonly onChoose: (ms: number) => Promise<void>;
}

/** How long messages stay: the usual times, and the one that is set already. */
export function DurationDialog({ title, help, offLabel, value, onClose, onChoose }: DurationDialogProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const [chosen, setChosen] = useState(value);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const offered = value === 0 || usual.includes(value) ? usual : [...usual, value].sort((a, b) => a - b);
  const save = async () => {
    setIsPending(true);
    try {
      await onChoose(chosen);
      onClose();
    } catch (failure) {
      setError(failure);
      setIsPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void save()}>
            {t.save}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={title}
        isLabelHidden
        {...(help ? { description: help } : {})}
        {...(error === undefined ? {} : { errorMessage: explainError(error, language) })}
        value={String(chosen)}
        onChange={(next) => setChosen(Number(next))}
      >
        <Radio value="0">{offLabel}</Radio>
        {offered.map((ms) => (
          <Radio key={ms} value={String(ms)}>
            {formatDuration(language, ms)}
          </Radio>
        ))}
      </RadioGroup>
    </Dialog>
  );
}
