import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { useLocation, useParams } from "wouter";
import { Avatar } from "../../../design/avatar";
import { Badge } from "../../../design/badge";
import { Button } from "../../../design/button";
import { Switch } from "../../../design/choice";
import { classesOf } from "../../../design/class_names";
import { EmptyState } from "../../../design/empty_state";
import { formatDate, formatDuration, formatMoment, formatNumber } from "../../../design/format";
import { Page } from "../../../design/page";
import { SettingsRow, SettingsSection } from "../../../design/settings_row";
import { useLanguage, useText } from "../../../design/text";
import { useClient } from "../../../engine/client_context";
import { usePresence } from "../../conversation_list/presence_store";
import type { ConversationModel, ConversationSnapshot } from "../conversation_model";
import { conversationText } from "../conversation_text";
import { titleOf } from "../conversation_title";
import type { ConversationSummary, TimelineMessage } from "../engine_types";
import { HeaderDialogs } from "../header/header_dialogs";
import { useHeaderActions } from "../header/use_header_actions";
import { messageText } from "../message/message_text_catalogue";
import { useConversationModel } from "../use_conversation";
import styles from "./info.module.css";
import { type ConversationFigures, readFigures } from "./read_figures";

const css = classesOf(styles);

/** Who a conversation is with, how it is kept, and what this device holds of it. */
export function ConversationInfoScreen() {
  const { conversation = "" } = useParams();
  const [, navigate] = useLocation();
  const t = useText(conversationText);
  const model = useConversationModel(conversation);
  const snapshot = useSyncExternalStore(model.subscribe, model.snapshot);
  useEffect(() => void model.load(), [model]);
  const { summary } = snapshot;
  return (
    <Page title={t.about} onClose={() => navigate(`/c/${conversation}`)}>
      {summary === undefined ? (
        snapshot.isLoaded && <EmptyState icon="conversation" title={t.unknown} text={t.unknownText} />
      ) : (
        <Information model={model} snapshot={snapshot} summary={summary} />
      )}
    </Page>
  );
}

interface InformationProps {
  readonly model: ConversationModel;
  readonly snapshot: ConversationSnapshot;
  readonly summary: ConversationSummary;
}

function Information({ model, snapshot, summary }: InformationProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const header = useHeaderActions({ model, snapshot, find: () => navigate(`/c/${summary.conversation}`) });
  const isDirect = summary.kind === "direct";
  return (
    <div className={css("info")}>
      <Person summary={summary} />
      {isDirect && <Safety summary={summary} onVerify={() => header.perform("verify")} />}
      <SettingsSection title={t.notifications}>
        {isDirect && (
          <SettingsRow
            label={t.subject}
            description={summary.subject || t.subjectHelp}
            control={
              <Button size="s" icon="edit" onPress={() => header.perform("subject")}>
                {t.change}
              </Button>
            }
          />
        )}
        <SettingsRow
          label={t.timer}
          description={t.timerHelp}
          control={
            <Button size="s" onPress={() => header.perform("timer")}>
              {summary.timer_ms > 0 ? formatDuration(language, summary.timer_ms) : t.timerOff}
            </Button>
          }
        />
        <Toggle
          title={t.mute}
          isOn={summary.muted_until > Date.now()}
          onToggle={(isOn) => header.perform(isOn ? "mute_always" : "unmute")}
        />
        <Toggle title={t.pin} isOn={summary.pinned} onToggle={() => header.perform("pin")} />
        <Toggle title={t.archive} isOn={summary.archived} onToggle={() => header.perform("archive")} />
      </SettingsSection>
      <Figures conversation={summary.conversation} />
      {isDirect && (
        <SettingsSection title={t.danger}>
          <SettingsRow
            label={t.report}
            description={t.reportHelp}
            control={
              <Button size="s" onPress={() => header.perform("report")}>
                {t.report}
              </Button>
            }
          />
          <SettingsRow
            label={snapshot.isBlocked ? t.unblock : t.block}
            description={t.blockBody}
            control={
              <Button
                size="s"
                variant={snapshot.isBlocked ? "secondary" : "danger"}
                onPress={() => header.perform("block")}
              >
                {snapshot.isBlocked ? t.unblock : t.block}
              </Button>
            }
          />
        </SettingsSection>
      )}
      <HeaderDialogs
        dialog={header.dialog}
        summary={summary}
        model={model}
        onClose={header.closeDialog}
        onDate={() => undefined}
      />
    </div>
  );
}

function Person({ summary }: { summary: ConversationSummary }) {
  const t = useText(conversationText);
  const language = useLanguage();
  const title = titleOf(summary, language);
  const presence = usePresence(summary.kind === "direct" ? summary.peer_name : "");
  return (
    <div className={css("person")}>
      <Avatar
        name={title}
        size={88}
        icon={summary.kind === "self" ? "note" : undefined}
        presence={presence?.online ? "online" : undefined}
      />
      <h2>{title}</h2>
      {presence?.online ? (
        <p>{t.online}</p>
      ) : (
        presence !== undefined &&
        presence.last_seen > 0 && <p>{t.lastSeen(formatMoment(language, presence.last_seen, Date.now()))}</p>
      )}
    </div>
  );
}

function Safety({ summary, onVerify }: { summary: ConversationSummary; onVerify: () => void }) {
  const t = useText(conversationText);
  const states = {
    verified: <Badge tone="success">{t.verifiedRow}</Badge>,
    changed: <Badge tone="danger">{t.changedRow}</Badge>,
    unverified: null,
  };
  return (
    <SettingsSection title={t.safety}>
      <SettingsRow
        label={t.verifyRow}
        description={t.verifyRowHelp(summary.peer_name)}
        control={
          <span className={css("control")}>
            {states[summary.verification]}
            <Button size="s" icon="shield" onPress={onVerify}>
              {t.verify}
            </Button>
          </span>
        }
      />
    </SettingsSection>
  );
}

interface ToggleProps {
  readonly title: string;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

function Toggle({ title, isOn, onToggle }: ToggleProps) {
  return (
    <div className={css("toggle")}>
      <Switch isSelected={isOn} onChange={onToggle}>
        {title}
      </Switch>
    </div>
  );
}

function Figures({ conversation }: { conversation: string }) {
  const t = useText(conversationText);
  const language = useLanguage();
  const client = useClient();
  const [figures, setFigures] = useState<ConversationFigures>();
  useEffect(() => {
    readFigures(client, conversation).then(setFigures, () => undefined);
  }, [client, conversation]);
  if (figures === undefined) return null;
  const { statistics, starred } = figures;
  return (
    <>
      <SettingsSection title={t.starredHere}>
        {starred.length === 0 ? (
          <p className={css("quiet")}>{t.noStarred}</p>
        ) : (
          <ul className={css("starred")}>
            {starred.map((message) => (
              <Starred key={`${message.seq} ${message.message}`} message={message} />
            ))}
          </ul>
        )}
      </SettingsSection>
      <SettingsSection title={t.statistics}>
        <Fact name={t.messages}>{formatNumber(language, statistics.messages)}</Fact>
        {statistics.first_at > 0 && <Fact name={t.firstMessage}>{formatDate(language, statistics.first_at)}</Fact>}
        {statistics.last_at > 0 && <Fact name={t.lastMessage}>{formatDate(language, statistics.last_at)}</Fact>}
        {statistics.members.map((member) => (
          <Fact key={member.account} name={member.name}>
            {formatNumber(language, member.messages)}
          </Fact>
        ))}
      </SettingsSection>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css("fact")}>
      <span>{name}</span>
      <span>{children}</span>
    </div>
  );
}

function Starred({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const language = useLanguage();
  const [, navigate] = useLocation();
  return (
    <li>
      <button
        type="button"
        className={css("starred_line")}
        onClick={() => navigate(`/c/${message.conversation}?at=${message.seq}`)}
      >
        <span className={css("starred_head")}>
          <strong>{message.own ? t.you : message.sender_name || t.somebody}</strong>
          <span>{formatMoment(language, message.sent_at, Date.now())}</span>
        </span>
        <span className={css("starred_text")}>{message.text}</span>
      </button>
    </li>
  );
}
