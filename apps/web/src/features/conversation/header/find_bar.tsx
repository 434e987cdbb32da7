import { useEffect, useState } from "react";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { useText } from "../../../design/text";
import { SearchField } from "../../../design/text_field";
import { useClient } from "../../../engine/client_context";
import { conversationText } from "../conversation_text";
import type { TimelineMessage } from "../engine_types";
import styles from "./header.module.css";

const css = classesOf(styles);

export interface FindBarProps {
  readonly conversation: string;
  readonly onShow: (message: TimelineMessage) => void;
  readonly onClose: () => void;
}

interface Found {
  readonly messages: readonly TimelineMessage[];
  readonly more: boolean;
}

const nothing: Found = { messages: [], more: false };
const restMs = 200;

/** Looks through the conversation on this device, newest hit first. */
export function FindBar({ conversation, onShow, onClose }: FindBarProps) {
  const t = useText(conversationText);
  const client = useClient();
  const [words, setWords] = useState("");
  const [found, setFound] = useState<Found>(nothing);
  const [place, setPlace] = useState(-1);
  useEffect(() => {
    setPlace(-1);
    if (words.trim() === "") return setFound(nothing);
    let isOld = false;
    const timer = setTimeout(() => {
      client.ask("search_messages", { conversation, words, from: 0, until: 0, limit: 100 }).then(
        (answer) => isOld || setFound({ messages: answer.messages.map((one) => one.message), more: answer.more }),
        () => isOld || setFound(nothing),
      );
    }, restMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [client, conversation, words]);
  const go = (step: number) => {
    const next = Math.max(0, Math.min(found.messages.length - 1, place + step));
    const message = found.messages[next];
    if (message === undefined) return;
    setPlace(next);
    onShow(message);
  };
  const count = found.messages.length;
  const countWords = count === 0 ? t.findNone : (found.more ? t.findMany : t.findCount)(Math.max(place, 0) + 1, count);
  return (
    <search className={css("find")} onKeyDown={(event) => event.key === "Escape" && words === "" && onClose()}>
      <SearchField
        className={css("find_field")}
        label={t.findLabel}
        value={words}
        onChange={setWords}
        onSubmit={() => go(1)}
        autoFocus
      />
      <span className={css("find_count")} role="status">
        {words.trim() !== "" && countWords}
      </span>
      <IconButton icon="arrow_up" label={t.findOlder} isDisabled={place >= count - 1} onPress={() => go(1)} />
      <IconButton icon="arrow_down" label={t.findNewer} isDisabled={place <= 0} onPress={() => go(-1)} />
      <IconButton icon="close" label={t.findClose} onPress={onClose} />
    </search>
  );
}
