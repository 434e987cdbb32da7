import type { Answers } from "@sotto/client";
import { useCallback, useEffect, useState } from "react";
import { Avatar } from "../../design/avatar";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { formatMoment } from "../../design/format";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { useAttempt, useGroupActions } from "./group_actions";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import type { Group } from "./permissions";

const css = classesOf(styles);
type Request = Answers["list_join_requests"]["requests"][number];

/** Nobody is told of a new request: it is looked for while the pane is open. */
const lookEveryMs = 30_000;

/** Those who ask to be let in, read when the group changes and now and then. */
function useRequests(group: Group) {
  const client = useClient();
  const [requests, setRequests] = useState<readonly Request[]>([]);
  const { conversation, number } = group;
  const read = useCallback(async () => {
    try {
      setRequests((await client.ask("list_join_requests", { conversation })).requests);
    } catch {
      // Offline, or no longer an administrator: those known stay until the group itself changes.
    }
  }, [client, conversation]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever is added asks no longer.
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), lookEveryMs);
    return () => clearInterval(timer);
  }, [read, number]);
  return { requests, read };
}

/** Who asks to be let in, with what to do about it. Nothing while nobody does. */
export function JoinRequests({ group }: { readonly group: Group }) {
  const t = useText(groupsText);
  const { requests, read } = useRequests(group);
  const actions = useGroupActions(group.conversation);
  const attempt = useAttempt();
  const toast = useToast();
  if (requests.length === 0) return null;
  const decide = async (name: string, isLetIn: boolean) => {
    const isDone = await attempt(isLetIn ? actions.approve(name) : actions.decline(name));
    if (isDone && isLetIn) toast({ text: t.approved(name), tone: "success" });
    await read();
  };
  return (
    <section className={css("section")} aria-labelledby="join-requests">
      <div className={css("section_head")}>
        <h2 id="join-requests">{t.requests}</h2>
      </div>
      <ul className={css("entries")}>
        {requests.map((request) => (
          <RequestEntry key={request.account} request={request} onDecide={(isLetIn) => decide(request.name, isLetIn)} />
        ))}
      </ul>
    </section>
  );
}

interface RequestEntryProps {
  readonly request: Request;
  readonly onDecide: (isLetIn: boolean) => Promise<void>;
}

function RequestEntry({ request, onDecide }: RequestEntryProps) {
  const t = useText(groupsText);
  const language = useLanguage();
  const [isDeciding, setDeciding] = useState(false);
  const name = request.name || t.unknownMember;
  const decide = async (isLetIn: boolean) => {
    setDeciding(true);
    await onDecide(isLetIn);
    setDeciding(false);
  };
  return (
    <li className={css("entry")}>
      <Avatar name={name} size={36} />
      <span className={css("words")}>
        <span className={css("title")}>{name}</span>
        <span className={css("hint")}>{t.requestAt(formatMoment(language, request.asked_at, Date.now()))}</span>
        {request.is_void && <span className={css("warning")}>{t.requestVoid}</span>}
        <span className={css("buttons")}>
          {!request.is_void && request.name !== "" && (
            <Button size="s" variant="primary" isDisabled={isDeciding} onPress={() => void decide(true)}>
              {t.approve}
            </Button>
          )}
          {request.name !== "" && (
            <Button size="s" isDisabled={isDeciding} onPress={() => void decide(false)}>
              {t.decline}
            </Button>
          )}
        </span>
      </span>
    </li>
  );
}
