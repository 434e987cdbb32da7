import { useState } from "react";
import { Badge } from "../../design/badge";
import { Banner } from "../../design/banner";
import { Button, IconButton } from "../../design/button";
import { ConfirmDialog, Dialog } from "../../design/dialog";
import { formatDate, formatMoment } from "../../design/format";
import { Spinner } from "../../design/progress";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { type Language, useLanguage, useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { FailureBanner } from "../../engine/failure_banner";
import type { DeviceShown } from "./device_list";
import { deviceNameProblem } from "./device_name";
import { devicesText } from "./devices_text";

export interface LoginShown {
  readonly login: string;
  readonly device: string;
  readonly created_at: number;
  readonly last_used_at: number;
  readonly current: boolean;
}

export interface DevicesSnapshot {
  /** Null until they were read. */
  readonly devices: readonly DeviceShown[] | null;
  readonly logins: readonly LoginShown[] | null;
  /** What is being changed: a device's or sign-in's id, or "sign_out". */
  readonly busyWith: string | null;
  readonly error: unknown;
}

export interface DevicesActions {
  read(): Promise<void>;
  remove(device: DeviceShown): Promise<void>;
  rename(device: DeviceShown, name: string): Promise<void>;
  revoke(login: string): Promise<void>;
  /** Whether this device is signed out now. */
  signOut(): Promise<boolean>;
}

export interface DevicesViewProps {
  readonly snapshot: DevicesSnapshot;
  readonly actions: DevicesActions;
  readonly onLink: () => void;
  readonly onSignedOut: () => void;
  /** By the clock, for what is "today". */
  readonly now: number;
}

type Question =
  | { readonly kind: "remove"; readonly device: DeviceShown }
  | { readonly kind: "rename"; readonly device: DeviceShown }
  | { readonly kind: "revoke"; readonly login: string }
  | { readonly kind: "sign_out" };

/** "21 Nov 2026", or the time today. */
function when(language: Language, time: number, now: number): string {
  return now - time < 6 * 86_400_000 ? formatMoment(language, time, now) : formatDate(language, time);
}

function useDeviceName(): (device: DeviceShown) => string {
  const t = useText(devicesText);
  return (device) => device.name || t.unnamed(device.shortId);
}

interface ListProps extends DevicesViewProps {
  readonly onAsk: (question: Question) => void;
}

function DeviceList({ snapshot, now, onLink, onAsk }: ListProps) {
  const t = useText(devicesText);
  const language = useLanguage();
  const nameOf = useDeviceName();
  return (
    <SettingsSection title={t.list} text={t.lead}>
      {snapshot.devices?.map((device) => (
        <SettingsRow
          key={device.id}
          icon="device"
          label={
            <>
              {nameOf(device)} {device.isCurrent && <Badge tone="accent">{t.current}</Badge>}
            </>
          }
          description={[
            t.added(when(language, device.addedAt, now)),
            device.lastSeen > 0
              ? t.lastSeen(when(language, device.lastSeen, now))
              : snapshot.logins === null
                ? ""
                : t.notSignedIn,
          ]
            .filter(Boolean)
            .join(" · ")}
          control={
            <>
              <IconButton
                icon="edit"
                size="s"
                label={t.renameOf(nameOf(device))}
                onPress={() => onAsk({ kind: "rename", device })}
              />
              {!device.isCurrent && (
                <IconButton
                  icon="trash"
                  size="s"
                  label={t.removeLabel(nameOf(device))}
                  isPending={snapshot.busyWith === device.id}
                  onPress={() => onAsk({ kind: "remove", device })}
                />
              )}
            </>
          }
        />
      ))}
      <SettingsRow icon="plus" label={t.link} onPress={onLink} leadsOn />
    </SettingsSection>
  );
}

function LoginList({ snapshot, now, onAsk }: ListProps) {
  const t = useText(devicesText);
  const language = useLanguage();
  const nameOf = useDeviceName();
  if (snapshot.logins === null) return null;
  const nameOfDevice = (id: string) => {
    const device = snapshot.devices?.find((one) => one.id === id);
    return device ? nameOf(device) : t.unnamed(id.slice(0, 8));
  };
  return (
    <SettingsSection title={t.signIns} text={t.signInsLead}>
      {snapshot.logins.map((login) => (
        <SettingsRow
          key={login.login}
          label={
            <>
              {nameOfDevice(login.device)} {login.current && <Badge tone="accent">{t.current}</Badge>}
            </>
          }
          description={`${t.since(when(language, login.created_at, now))}, ${t.lastUsed(when(language, login.last_used_at, now))}`}
          control={
            login.current ? undefined : (
              <Button
                size="s"
                aria-label={t.endLabel(nameOfDevice(login.device))}
                isPending={snapshot.busyWith === login.login}
                onPress={() => onAsk({ kind: "revoke", login: login.login })}
              >
                {t.end}
              </Button>
            )
          }
        />
      ))}
      <SettingsRow
        icon="sign_out"
        label={t.signOut}
        description={t.signOutHint}
        onPress={() => onAsk({ kind: "sign_out" })}
      />
    </SettingsSection>
  );
}

interface RenameProps {
  readonly device: DeviceShown;
  readonly actions: DevicesActions;
  readonly onClose: () => void;
}

function Rename({ device, actions, onClose }: RenameProps) {
  const t = useText(devicesText);
  const [name, setName] = useState(device.name);
  const problem = deviceNameProblem(name);
  const save = async () => {
    if (problem !== null) return;
    await actions.rename(device, name);
    onClose();
  };
  return (
    <Dialog
      title={t.renameTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isDisabled={problem !== null} onPress={() => void save()}>
            {t.save}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t.renameLabel}
          description={t.renameHint}
          value={name}
          onChange={setName}
          autoFocus
          autoComplete="off"
          errorMessage={problem === null ? undefined : t.renameTooLong}
        />
      </form>
    </Dialog>
  );
}

interface AskProps {
  readonly question: Exclude<Question, { kind: "rename" }>;
  readonly onSignedOut: () => void;
  readonly actions: DevicesActions;
  readonly onClose: () => void;
}

function Ask({ question, actions, onClose, onSignedOut }: AskProps) {
  const t = useText(devicesText);
  const nameOf = useDeviceName();
  const words = {
    remove: [question.kind === "remove" ? t.removeTitle(nameOf(question.device)) : "", t.removeBody, t.removeConfirm],
    revoke: [t.endTitle, t.endBody, t.endConfirm],
    sign_out: [t.signOutTitle, t.signOutBody, t.signOut],
  } as const;
  const [title, body, confirmLabel] = words[question.kind];
  const confirm = async () => {
    if (question.kind === "remove") await actions.remove(question.device);
    else if (question.kind === "revoke") await actions.revoke(question.login);
    else if (await actions.signOut()) return onSignedOut();
    onClose();
  };
  return (
    <ConfirmDialog
      title={title}
      body={body}
      confirmLabel={confirmLabel}
      isDanger
      onConfirm={confirm}
      onCancel={onClose}
    />
  );
}

/** The devices of the account and its sign-ins. */
export function DevicesView(props: DevicesViewProps) {
  const { snapshot, actions, onSignedOut } = props;
  const t = useText(devicesText);
  const [question, setQuestion] = useState<Question | null>(null);
  return (
    <>
      {snapshot.error !== null && <FailureBanner error={snapshot.error} onRetry={() => void actions.read()} />}
      {snapshot.devices === null && snapshot.error === null && <Spinner label={t.loading} />}
      {snapshot.devices !== null && <DeviceList {...props} onAsk={setQuestion} />}
      {(snapshot.devices?.length ?? 0) > 1 && <Banner tone="info">{t.unknownHint}</Banner>}
      <LoginList {...props} onAsk={setQuestion} />
      {question?.kind === "rename" && (
        <Rename device={question.device} actions={actions} onClose={() => setQuestion(null)} />
      )}
      {question && question.kind !== "rename" && (
        <Ask question={question} actions={actions} onSignedOut={onSignedOut} onClose={() => setQuestion(null)} />
      )}
    </>
  );
}
