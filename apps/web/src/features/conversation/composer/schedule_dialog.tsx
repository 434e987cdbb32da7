import { useState } from "react";
import { Button } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { Dialog } from "../../../design/dialog";
import { formatDateTime } from "../../../design/format";
import { useLanguage, useText } from "../../../design/text";
import { TextField } from "../../../design/text_field";
import styles from "./composer.module.css";
import { composerText } from "./composer_text";
import { readLocal, usualTimes, writeLocal } from "./schedule_times";

const css = classesOf(styles);

export interface ScheduleDialogProps {
  readonly onClose: () => void;
  readonly onChoose: (at: number) => void;
}

export function ScheduleDialog({ onClose, onChoose }: ScheduleDialogProps) {
  const t = useText(composerText);
  const language = useLanguage();
  const [now] = useState(Date.now);
  const [text, setText] = useState(() => writeLocal(now + 3_600_000));
  const at = readLocal(text);
  const isToCome = at !== undefined && at > now;
  const choose = (time: number) => {
    onClose();
    onChoose(time);
  };
  return (
    <Dialog
      title={t.scheduleTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isDisabled={!isToCome} onPress={() => at !== undefined && choose(at)}>
            {t.scheduleGo}
          </Button>
        </>
      }
    >
      <div className={css("dialog")}>
        <div className={css("times")}>
          {usualTimes(now).map((time) => (
            <button key={time.name} type="button" className={css("time")} onClick={() => choose(time.at)}>
              <span>{t[time.name]}</span>
              <span className={css("time_hint")}>{formatDateTime(language, time.at)}</span>
            </button>
          ))}
        </div>
        <TextField
          type="datetime-local"
          label={t.scheduleAt}
          value={text}
          onChange={setText}
          description={t.scheduleHelp}
          errorMessage={isToCome ? undefined : t.schedulePast}
        />
      </div>
    </Dialog>
  );
}
