import { useState } from "react";
import { Link } from "wouter";
import { Banner } from "../../design/banner";
import { Button, IconButton } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useLanguage, useText } from "../../design/text";
import styles from "./security_notices.module.css";
import { noticeTexts, type SecurityNoticeKind, securityText } from "./security_text";

const css = classesOf(styles);

interface NoticeBase {
  readonly id: string;
  /** How often it came. */
  readonly count: number;
}

/** The server, or whoever stands in between, did what an honest one does not do. */
export interface RefusedNotice extends NoticeBase {
  readonly kind: "refused";
  readonly what: SecurityNoticeKind;
  readonly account: string | null;
  readonly conversation: string | null;
}

/** A contact's identity is not the one known. */
export interface IdentityNotice extends NoticeBase {
  readonly kind: "identity";
  readonly name: string;
  readonly verification: "unverified" | "verified" | "changed";
}

/** The account's own list of devices changed. */
export interface DevicesNotice extends NoticeBase {
  readonly kind: "devices";
  readonly change: "added" | "removed";
  readonly devices: readonly string[];
}

export type Notice = RefusedNotice | IdentityNotice | DevicesNotice;

export interface SecurityNoticesSnapshot {
  /** Newest first. */
  readonly notices: readonly Notice[];
  /** What accounts are called, by id. */
  readonly names: Readonly<Record<string, string>>;
}

export interface SecurityNoticesActions {
  dismiss(id: string): void;
}

export interface SecurityNoticesViewProps {
  readonly snapshot: SecurityNoticesSnapshot;
  readonly actions: SecurityNoticesActions;
}

interface OneProps<N extends Notice> {
  readonly notice: N;
  readonly onDismiss: () => void;
}

function Refused({
  notice,
  names,
  onDismiss,
}: OneProps<RefusedNotice> & { readonly names: SecurityNoticesSnapshot["names"] }) {
  const t = useText(securityText);
  const language = useLanguage();
  const who = (notice.account !== null && names[notice.account]) || t.somebody;
  return (
    <Banner
      tone="danger"
      icon="shield_warning"
      title={notice.count > 1 ? `${t.refused} (${t.times(notice.count)})` : t.refused}
      isLive
      action={
        <div className={css("actions")}>
          {notice.conversation && <Link href={`/c/${notice.conversation}`}>{t.open}</Link>}
          <IconButton icon="close" size="s" label={t.dismiss} onPress={onDismiss} />
        </div>
      }
    >
      {noticeTexts[language][notice.what](who)}
    </Banner>
  );
}

function IdentityChanged({ notice, onDismiss }: OneProps<IdentityNotice>) {
  const t = useText(securityText);
  const texts = { unverified: t.changedMild, changed: t.changedVerified, verified: t.restoredIdentity } as const;
  const tones = { unverified: "info", changed: "danger", verified: "success" } as const;
  return (
    <Banner
      tone={tones[notice.verification]}
      icon={notice.verification === "verified" ? "shield_check" : "shield_warning"}
      title={t.changedTitle(notice.name)}
      isLive
      action={
        <div className={css("actions")}>
          <Link href={`/verify/${encodeURIComponent(notice.name)}`} onClick={onDismiss}>
            {t.verify}
          </Link>
          <IconButton icon="close" size="s" label={t.dismiss} onPress={onDismiss} />
        </div>
      }
    >
      {texts[notice.verification]}
    </Banner>
  );
}

function DevicesChanged({ notice, onDismiss }: OneProps<DevicesNotice>) {
  const t = useText(securityText);
  const isAdded = notice.change === "added";
  return (
    <Banner
      tone={isAdded ? "warning" : "info"}
      icon="device"
      title={isAdded ? t.addedTitle(notice.devices.length) : t.removedTitle(notice.devices.length)}
      isLive
      action={
        <div className={css("actions")}>
          <Link href="/settings/devices" onClick={onDismiss}>
            {t.seeDevices}
          </Link>
          <Button size="s" onPress={onDismiss}>
            {isAdded ? t.thatWasMe : t.dismiss}
          </Button>
        </div>
      }
    >
      {isAdded ? t.addedText : t.removedText}
    </Banner>
  );
}

function OneNotice({
  notice,
  names,
  onDismiss,
}: OneProps<Notice> & { readonly names: SecurityNoticesSnapshot["names"] }) {
  switch (notice.kind) {
    case "refused":
      return <Refused notice={notice} names={names} onDismiss={onDismiss} />;
    case "identity":
      return <IdentityChanged notice={notice} onDismiss={onDismiss} />;
    case "devices":
      return <DevicesChanged notice={notice} onDismiss={onDismiss} />;
  }
}

/** How many are in view at once; more would hide the app. */
const shownAtOnce = 2;

/** What a person must know of the security of their account. Nothing while there is nothing. */
export function SecurityNoticesView({ snapshot, actions }: SecurityNoticesViewProps) {
  const t = useText(securityText);
  const [showsAll, setShowsAll] = useState(false);
  const { notices, names } = snapshot;
  if (notices.length === 0) return null;
  const shown = showsAll ? notices : notices.slice(0, shownAtOnce);
  const hidden = notices.length - shown.length;
  return (
    <section className={css("notices")} aria-label={t.region}>
      {shown.map((notice) => (
        <OneNotice key={notice.id} notice={notice} names={names} onDismiss={() => actions.dismiss(notice.id)} />
      ))}
      {hidden > 0 && (
        <Button variant="quiet" size="s" onPress={() => setShowsAll(true)}>
          {t.more(hidden)}
        </Button>
      )}
    </section>
  );
}
