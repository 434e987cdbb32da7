import { useEffect, useRef, useState } from "react";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { QrScanner } from "../../design/qr_code";
import { useText } from "../../design/text";
import { TextArea } from "../../design/text_field";
import styles from "./recovery.module.css";
import { recoveryText } from "./recovery_text";
import { completeWord, type KeyReading, readRecoveryKey, recoveryCodePrefix, replaceWord } from "./recovery_words";

const css = classesOf(styles);

/** The list of words, once it is there. */
function useWordList(): readonly string[] | null {
  const [list, setList] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import("./word_list").then(({ wordList }) => {
      if (isCurrent) setList(wordList);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return list;
}

function State({ reading }: { readonly reading: KeyReading }) {
  const t = useText(recoveryText);
  const words = reading.isCode ? t.keyIsCode : reading.complete ? t.keyComplete : t.keyCount(reading.count);
  return (
    <p className={css("key_state", reading.complete && "complete")} role="status">
      {words}
    </p>
  );
}

function Unknown({
  reading,
  onReplace,
}: {
  readonly reading: KeyReading;
  readonly onReplace: (position: number, word: string) => void;
}) {
  const t = useText(recoveryText);
  return reading.unknown.slice(0, 3).map(({ position, word, suggestion }) => (
    <div key={position} className={css("unknown")}>
      <span>{t.unknownWord(position, word)}</span>
      {suggestion !== null && (
        <Button size="s" onPress={() => onReplace(position, suggestion)}>
          {t.didYouMean(suggestion)}
        </Button>
      )}
    </div>
  ));
}

export interface RecoveryKeyFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly errorMessage?: string | undefined;
}

/** A recovery key: its words with what is mistyped and what a word may become, or its code scanned. */
export function RecoveryKeyField({ value, onChange, errorMessage }: RecoveryKeyFieldProps) {
  const t = useText(recoveryText);
  const list = useWordList();
  const [isScanning, setScanning] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const reading = list === null ? null : readRecoveryKey(list, value);
  const change = (next: string) => {
    onChange(next);
    area.current?.focus();
  };
  return (
    <div className={css("form")}>
      <TextArea
        textAreaRef={area}
        label={t.keyLabel}
        description={t.keyHint}
        value={value}
        onChange={onChange}
        rows={4}
        autoComplete="off"
        errorMessage={errorMessage}
      />
      {reading && value !== "" && <State reading={reading} />}
      {reading?.typing && (
        // biome-ignore lint/a11y/useSemanticElements: these are no fields
        <div role="group" aria-label={t.suggestions} className={css("candidates")}>
          {reading.typing.candidates.map((word) => (
            <Button
              key={word}
              size="s"
              aria-label={t.complete(word)}
              onPress={() => change(completeWord(value, reading.typing?.start ?? value.length, word))}
            >
              {word}
            </Button>
          ))}
        </div>
      )}
      {reading && (
        <Unknown reading={reading} onReplace={(position, word) => change(replaceWord(value, position, word))} />
      )}
      {isScanning && (
        <QrScanner
          onResult={(content) => {
            if (!content.includes(recoveryCodePrefix)) return;
            onChange(content);
            setScanning(false);
          }}
        />
      )}
      <div>
        <Button size="s" icon="qr" onPress={() => setScanning(!isScanning)}>
          {isScanning ? t.stopScan : t.scanKey}
        </Button>
      </div>
    </div>
  );
}
