import { useMemo, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { Banner } from "../../../design/banner";
import { Button } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { ConfirmDialog } from "../../../design/dialog";
import { useLanguage, useText } from "../../../design/text";
import { useToast } from "../../../design/toast";
import { explainError } from "../../../engine/explain_error";
import { type ConversationModel, type ConversationSnapshot, silenceOf } from "../conversation_model";
import { conversationText } from "../conversation_text";
import { titleOf } from "../conversation_title";
import type { ConversationSummary } from "../engine_types";
import { useTypingWords } from "../header/conversation_header";
import { useSelf } from "../use_conversation";
import styles from "./composer_area.module.css";
import type { ComposerModel } from "./composer_model";
import { type ComposerActions, ComposerView } from "./composer_view";

const css = classesOf(styles);

export interface ComposerAreaProps {
  readonly model: ConversationModel;
  readonly snapshot: ConversationSnapshot;
  readonly summary: ConversationSummary;
  readonly composer: ComposerModel;
  readonly editLast: () => void;
  readonly onSent: () => void;
  readonly isThread?: boolean;
}

/** The composer, or why there is none. */
export function ComposerArea(props: ComposerAreaProps) {
  const { model, snapshot, summary, composer, editLast, onSent, isThread = false } = props;
  const t = useText(conversationText);
  const language = useLanguage();
  const self = useSelf();
  const writing = useSyncExternalStore(composer.subscribe, composer.snapshot);
  const actions: ComposerActions = useMemo(
    () => ({
      setText: (text) => composer.setText(text),
      insert: (words, at) => composer.insert(words, at),
      cancelMode: () => composer.cancelMode(),
      setExpiry: (ms) => composer.setExpiry(ms),
      send: (notBefore) => {
        if (!composer.snapshot().canSend) return;
        const isEdit = composer.snapshot().mode.kind === "edit";
        void composer.send(notBefore);
        if (!isEdit) onSent();
      },
      editLast,
    }),
    [composer, editLast, onSent],
  );
  const silence = silenceOf(snapshot);
  const title = titleOf(summary, language);
  const others = useMemo(
    () => snapshot.people.filter((person) => person.account !== self.account),
    [snapshot.people, self.account],
  );
  if (silence === "identity_changed") return <ChangedIdentity model={model} name={title} />;
  return (
    <div className={css("area")}>
      {!isThread && <TypingLine names={snapshot.typing} />}
      {snapshot.hasNewIdentity && <NewIdentity model={model} name={title} />}
      {silence === undefined ? (
        <ComposerView snapshot={writing} actions={actions} title={title} others={others} isThread={isThread} />
      ) : (
        <div className={css("silence")} role="note">
          <span>{t.silence[silence]}</span>
          {silence === "blocked" && <Unblock model={model} />}
        </div>
      )}
    </div>
  );
}

/** Always as high, so that nothing moves when somebody begins or stops. */
function TypingLine({ names }: { names: readonly string[] }) {
  const words = useTypingWords(names);
  return (
    <div className={css("typing")} role="status">
      {words && (
        <>
          <span className={css("dots")} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {words}
        </>
      )}
    </div>
  );
}

function Unblock({ model }: { model: ConversationModel }) {
  const t = useText(conversationText);
  const language = useLanguage();
  const toast = useToast();
  const unblock = () =>
    model.setBlocked(false).catch((error: unknown) => toast({ text: explainError(error, language), tone: "danger" }));
  return (
    <Button size="s" onPress={() => void unblock()}>
      {t.unblock}
    </Button>
  );
}

/** Of a contact who was not verified: mild, and it can be put away. */
function NewIdentity({ model, name }: { model: ConversationModel; name: string }) {
  const t = useText(conversationText);
  const [, navigate] = useLocation();
  return (
    <Banner
      tone="info"
      isBar
      isLive
      action={
        <>
          <Button size="s" onPress={() => navigate(`/verify/${encodeURIComponent(name)}`)}>
            {t.verify}
          </Button>
          <Button size="s" variant="quiet" onPress={() => model.dismissIdentityNotice()}>
            {t.dismiss}
          </Button>
        </>
      }
    >
      {t.identityNotice(name)}
    </Banner>
  );
}

/** Of a verified contact: nothing is sent until somebody decides. */
function ChangedIdentity({ model, name }: { model: ConversationModel; name: string }) {
  const t = useText(conversationText);
  const language = useLanguage();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [asks, setAsks] = useState(false);
  const withdraw = async () => {
    try {
      await model.withdrawVerification();
    } catch (error) {
      toast({ text: explainError(error, language), tone: "danger" });
    }
    setAsks(false);
  };
  return (
    <>
      <Banner
        tone="danger"
        icon="shield_warning"
        isBar
        isLive
        title={t.identityTitle(name)}
        action={
          <>
            <Button size="s" variant="primary" onPress={() => navigate(`/verify/${encodeURIComponent(name)}`)}>
              {t.verifyAgain}
            </Button>
            <Button size="s" onPress={() => setAsks(true)}>
              {t.withdraw}
            </Button>
          </>
        }
      >
        {t.identityText(name)}
      </Banner>
      {asks && (
        <ConfirmDialog
          title={t.withdrawTitle}
          body={t.withdrawBody(name)}
          confirmLabel={t.withdraw}
          isDanger
          onConfirm={withdraw}
          onCancel={() => setAsks(false)}
        />
      )}
    </>
  );
}
