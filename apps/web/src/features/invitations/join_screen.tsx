import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Icon, type IconName } from "../../design/icon";
import { Page } from "../../design/page";
import { QrScanner } from "../../design/qr_code";
import { Spinner } from "../../design/spinner";
import { useLanguage, useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { useConversation, useConversationsStore } from "../conversation_list/conversations_store";
import { hostOf, type Invitation, originOf } from "./invitation_link";
import styles from "./invitations.module.css";
import { invitationsText } from "./invitations_text";
import { JoinModel, type JoinSnapshot } from "./join_view_model";

const css = classesOf(styles);

/** "/join": an invitation in the address, one that waits, or one that is pasted or scanned. */
export function JoinScreen() {
  const t = useText(invitationsText);
  const client = useClient();
  const [, navigate] = useLocation();
  const model = useMemo(() => new JoinModel(client, window.location.origin, window.location.hash), [client]);
  const snapshot = useSyncExternalStore(model.subscribe, model.getSnapshot);
  const { state } = useSession();
  const store = useConversationsStore();
  useEffect(() => {
    // The secret does not stay in the address bar and the history.
    if (window.location.hash !== "") window.history.replaceState(window.history.state, "", "/join");
  }, []);
  useEffect(() => {
    if (snapshot.step !== "joined") return;
    void store.refresh().then(() => navigate(`/c/${snapshot.conversation}`, { replace: true }));
  }, [snapshot, store, navigate]);
  return (
    <Page title={t.joinTitle} onBack={state === "logged_in" ? () => navigate("/") : undefined}>
      <Step model={model} snapshot={snapshot} />
    </Page>
  );
}

function Step({ model, snapshot }: { readonly model: JoinModel; readonly snapshot: JoinSnapshot }) {
  const t = useText(invitationsText);
  switch (snapshot.step) {
    case "enter":
      return <Enter model={model} hasProblem={snapshot.problem} />;
    case "preview":
      return <Preview model={model} snapshot={snapshot} />;
    case "waiting":
      return <Waiting invitation={snapshot.invitation} />;
    case "joined":
      return <Spinner label={t.loading} size={24} />;
  }
}

interface CardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: ReactNode;
  readonly children?: ReactNode;
}

function Card({ icon, title, text, children }: CardProps) {
  return (
    <div className={css("join")}>
      <span className={css("seal")}>
        <Icon name={icon} size={32} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}

function Enter({ model, hasProblem }: { readonly model: JoinModel; readonly hasProblem: boolean }) {
  const t = useText(invitationsText);
  const [text, setText] = useState("");
  const [isScanning, setScanning] = useState(false);
  return (
    <Card icon="link" title={t.enterTitle} text={t.enterText}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          model.open(text);
        }}
      >
        <TextField
          label={t.enterLabel}
          value={text}
          onChange={setText}
          errorMessage={hasProblem ? t.enterWrong : ""}
          placeholder="https://…/join#sotto-group:…"
          isVerbatim
          autoComplete="off"
        />
        <Button type="submit" variant="primary" isWide isDisabled={text.trim() === ""}>
          {t.open}
        </Button>
      </form>
      <div className={css("actions")}>
        <Button icon="qr" isWide onPress={() => setScanning(!isScanning)}>
          {isScanning ? t.stopScanning : t.scan}
        </Button>
        {isScanning && <QrScanner onResult={(content) => model.open(content)} />}
      </div>
    </Card>
  );
}

type PreviewSnapshot = Extract<JoinSnapshot, { step: "preview" }>;

function Preview({ model, snapshot }: { readonly model: JoinModel; readonly snapshot: PreviewSnapshot }) {
  const t = useText(invitationsText);
  const { invitation, isElsewhere, failure } = snapshot;
  if (isElsewhere) return <Elsewhere model={model} invitation={invitation} />;
  return (
    <Card icon="people" title={t.previewTitle} text={t.previewText}>
      <Facts invitation={invitation} />
      {failure !== "" && (
        <Banner tone="danger" isLive>
          {failure}
        </Banner>
      )}
      <div className={css("actions")}>
        <GoOn model={model} snapshot={snapshot} />
        <Button variant="quiet" isWide onPress={() => model.discard()}>
          {t.other}
        </Button>
      </div>
    </Card>
  );
}

/** What the reader can do about the invitation: depends on whether there is an account, and on whether they are in. */
function GoOn({ model, snapshot }: { readonly model: JoinModel; readonly snapshot: PreviewSnapshot }) {
  const t = useText(invitationsText);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { state } = useSession();
  const { conversation } = snapshot.invitation;
  if (state === "starting") return <Spinner label={t.loading} size={24} />;
  if (state === "logged_in") {
    return <Join conversation={conversation} isJoining={snapshot.isJoining} onJoin={() => void model.join(language)} />;
  }
  if (state === "logged_out") {
    return (
      <>
        <p>{t.needsSignIn}</p>
        <Button variant="primary" isWide onPress={() => navigate("/start/sign-in")}>
          {t.signIn}
        </Button>
      </>
    );
  }
  return (
    <>
      <p>{t.needsAccount}</p>
      <Button variant="primary" isWide onPress={() => navigate("/start/register")}>
        {t.createAccount}
      </Button>
      <Button isWide onPress={() => navigate("/start")}>
        {t.haveAccount}
      </Button>
    </>
  );
}

interface JoinProps {
  readonly conversation: string;
  readonly isJoining: boolean;
  readonly onJoin: () => void;
}

function Join({ conversation, isJoining, onJoin }: JoinProps) {
  const t = useText(invitationsText);
  const [, navigate] = useLocation();
  const isMember = useIsMember(conversation);
  if (isMember && !isJoining) {
    return (
      <>
        <p>{t.isMember}</p>
        <Button variant="primary" isWide onPress={() => navigate(`/c/${conversation}`)}>
          {t.openGroup}
        </Button>
      </>
    );
  }
  return (
    <Button variant="primary" isWide isPending={isJoining} onPress={onJoin}>
      {t.join}
    </Button>
  );
}

/** Whether the account is in a group already. Who has left it still has the conversation, and may join again. */
function useIsMember(conversation: string): boolean {
  const client = useClient();
  const known = useConversation(conversation);
  const [isMember, setMember] = useState(false);
  useEffect(() => {
    if (known === undefined) return;
    client.ask("show_group", { conversation }).then(
      (group) => setMember(group.own_role !== undefined),
      () => setMember(false),
    );
  }, [client, conversation, known]);
  return isMember;
}

/** What can be known before joining. */
function Facts({ invitation }: { readonly invitation: Invitation }) {
  const t = useText(invitationsText);
  const code = invitation.conversation.slice(0, 16).match(/.{4}/g)?.join(" ") ?? "";
  return (
    <dl className={css("facts")}>
      <div>
        <dt>{t.server}</dt>
        <dd>{hostOf(invitation.server)}</dd>
      </div>
      <div>
        <dt>
          {t.group} – {t.groupHint}
        </dt>
        <dd className={css("code")}>{code}</dd>
      </div>
    </dl>
  );
}

function Elsewhere({ model, invitation }: { readonly model: JoinModel; readonly invitation: Invitation }) {
  const t = useText(invitationsText);
  const host = hostOf(invitation.server);
  const origin = originOf(invitation.server);
  return (
    <Card icon="globe" title={t.elsewhereTitle(host)} text={t.elsewhereText}>
      <div className={css("actions")}>
        {origin !== undefined && (
          <Button variant="primary" isWide icon="external" onPress={() => openThere(origin, invitation.link)}>
            {t.openThere(host)}
          </Button>
        )}
        <Button isWide onPress={() => model.stayHere()}>
          {t.isHere}
        </Button>
        <Button variant="quiet" isWide onPress={() => model.discard()}>
          {t.other}
        </Button>
      </div>
    </Card>
  );
}

function openThere(origin: string, link: string): void {
  window.open(`${origin}/join#${link}`, "_blank", "noopener");
}

/** The request is filed. As soon as the group is there, the reader is taken to it. */
function Waiting({ invitation }: { readonly invitation: Invitation }) {
  const t = useText(invitationsText);
  const [, navigate] = useLocation();
  const isMember = useIsMember(invitation.conversation);
  useEffect(() => {
    if (isMember) navigate(`/c/${invitation.conversation}`, { replace: true });
  }, [isMember, invitation.conversation, navigate]);
  return (
    <Card icon="clock" title={t.waitingTitle} text={t.waitingText}>
      <div className={css("actions")}>
        <Button variant="primary" isWide onPress={() => navigate("/")}>
          {t.toConversations}
        </Button>
      </div>
    </Card>
  );
}
