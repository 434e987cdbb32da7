import type { Answers } from "@sotto/client";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Avatar } from "../../design/avatar";
import { Badge } from "../../design/badge";
import { Banner } from "../../design/banner";
import { classesOf } from "../../design/class_names";
import { EmptyState } from "../../design/empty_state";
import { Page } from "../../design/page";
import { Spinner } from "../../design/progress";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { useClient, useEngineEvent } from "../../engine/client_context";
import { allConversations } from "../../engine/conversation_pages";
import { explainError } from "../../engine/explain_error";
import { verificationText } from "../verification/verification_text";
import styles from "./settings.module.css";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

type Summary = Answers["list_conversations"]["conversations"][number];
type Verification = Summary["verification"];

const order: readonly Verification[] = ["changed", "unverified", "verified"];
const tones = { changed: "danger", unverified: "neutral", verified: "success" } as const;
const icons = { changed: "shield_warning", unverified: "shield", verified: "shield_check" } as const;

/** The people of direct conversations: what needs a decision first, then by name. */
export function peopleOf(conversations: readonly Summary[]): readonly Summary[] {
  return conversations
    .filter((one) => one.kind === "direct" && one.peer_name !== "")
    .sort(
      (left, right) =>
        order.indexOf(left.verification) - order.indexOf(right.verification) ||
        left.peer_name.localeCompare(right.peer_name),
    );
}

function usePeople(): { readonly people: readonly Summary[] | null; readonly error: unknown } {
  const client = useClient();
  const [people, setPeople] = useState<readonly Summary[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(async () => {
    try {
      setPeople(peopleOf(await allConversations(client)));
    } catch (reason) {
      setError(reason);
    }
  }, [client]);
  useEffect(() => void read(), [read]);
  useEngineEvent("identity_changed", () => void read());
  return { people, error };
}

/** Whom this account has verified. */
export function VerificationPage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText);
  const v = useText(verificationText);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { people, error } = usePeople();
  return (
    <Page title={t.pages.verification} onBack={onBack}>
      <p className={css("lead")}>{t.verification.lead}</p>
      {error !== null && <Banner tone="danger">{explainError(error, language)}</Banner>}
      {people === null && error === null && <Spinner label={t.loading} />}
      {people?.length === 0 && <EmptyState icon="shield" title={t.verification.none} text={t.verification.noneText} />}
      {people !== null && people.length > 0 && (
        <SettingsSection title={t.verification.people}>
          {people.map((one) => (
            <SettingsRow
              key={one.conversation}
              start={<Avatar name={one.peer_name} size={36} />}
              label={one.peer_name}
              control={
                <Badge tone={tones[one.verification]} icon={icons[one.verification]}>
                  {v.states[one.verification]}
                </Badge>
              }
              onPress={() => navigate(`/verify/${encodeURIComponent(one.peer_name)}`)}
              leadsOn
            />
          ))}
        </SettingsSection>
      )}
    </Page>
  );
}
