import { Select, SelectItem, Switch } from "../../design/choice";
import { formatMoment } from "../../design/format";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { type MuteChoice, useConversationActions } from "../conversation_list/conversation_actions";
import { isForGood } from "../conversation_list/conversation_rows";
import { useConversation } from "../conversation_list/conversations_store";
import { useAttempt } from "./group_actions";
import { groupsText } from "./groups_text";

/** How the reader alone keeps a conversation: muted, pinned, archived. On all of the account's devices. */
export function GroupKeeping({ conversation: id }: { readonly conversation: string }) {
  const t = useText(groupsText);
  const conversation = useConversation(id);
  const actions = useConversationActions();
  const attempt = useAttempt();
  if (conversation === undefined) return null;
  return (
    <SettingsSection title={t.keeping}>
      <SettingsRow
        label={t.mute}
        icon={conversation.muted_until > Date.now() ? "bell_off" : "bell"}
        control={
          <MuteSelect
            mutedUntil={conversation.muted_until}
            onChange={(choice) => void attempt(actions.mute(id, choice))}
          />
        }
      />
      <SettingsRow
        label={t.pin}
        icon="pin"
        control={
          <Switch
            aria-label={t.pin}
            isSelected={conversation.pinned}
            onChange={(pinned) => void attempt(actions.setPinned(id, pinned))}
          />
        }
      />
      <SettingsRow
        label={t.archive}
        description={t.archiveHint}
        icon="archive"
        control={
          <Switch
            aria-label={t.archive}
            isSelected={conversation.archived}
            onChange={(archived) => void attempt(actions.setArchived(id, archived))}
          />
        }
      />
    </SettingsSection>
  );
}

interface MuteSelectProps {
  readonly mutedUntil: number;
  readonly onChange: (choice: MuteChoice) => void;
}

function MuteSelect({ mutedUntil, onChange }: MuteSelectProps) {
  const t = useText(groupsText);
  const language = useLanguage();
  const now = Date.now();
  const isTimed = mutedUntil > now && !isForGood(mutedUntil, now);
  const value = mutedUntil <= now ? "off" : isTimed ? "now" : "always";
  const choose = (choice: string) => {
    if (choice !== "now") onChange(choice as MuteChoice);
  };
  return (
    <Select label={t.mute} isLabelHidden value={value} onChange={choose}>
      <SelectItem id="off">{t.muteOff}</SelectItem>
      {isTimed ? <SelectItem id="now">{t.muteNow(formatMoment(language, mutedUntil, now))}</SelectItem> : null}
      <SelectItem id="hour">{t.muteHour}</SelectItem>
      <SelectItem id="hours">{t.muteHours}</SelectItem>
      <SelectItem id="always">{t.muteAlways}</SelectItem>
    </Select>
  );
}
