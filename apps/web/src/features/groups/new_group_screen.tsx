import { useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { Radio, RadioGroup } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Page } from "../../design/page";
import { SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { TextArea, TextField } from "../../design/text_field";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import { useConversationsStore } from "../conversation_list/conversations_store";
import { groupsText } from "./groups_text";
import { MemberPickerField, useChips, useMemberPicker } from "./member_picker";
import type { MemberPicker } from "./member_picker_model";
import styles from "./new_conversation.module.css";
import { commandOf, emptyPolicies, type FormProblems, type NewGroupForm, problemsOf } from "./new_group_form";
import { PictureField } from "./picture_field";
import { PolicyFields } from "./policy_fields";

const css = classesOf(styles);

/** Creates the group, then its picture, and goes there. */
function useCreating(form: NewGroupForm, picker: MemberPicker) {
  const client = useClient();
  const store = useConversationsStore();
  const language = useLanguage();
  const t = useText(groupsText);
  const toast = useToast();
  const [, navigate] = useLocation();
  const [isCreating, setCreating] = useState(false);
  const [failure, setFailure] = useState("");
  const setPicture = async (conversation: string) => {
    try {
      await client.ask("change_group_profile", { conversation, picture: form.picture });
    } catch {
      toast({ text: t.createFailedPicture, tone: "warning" });
    }
  };
  const create = async () => {
    setCreating(true);
    setFailure("");
    try {
      const { conversation } = await client.ask("create_group", commandOf(form, picker.names()));
      store.put(conversation);
      if (form.picture !== "") await setPicture(conversation.conversation);
      navigate(`/c/${conversation.conversation}`);
    } catch (error) {
      setFailure(explainError(error, language));
      setCreating(false);
    }
  };
  return { create, isCreating, failure };
}

/** "/new/group": a group or a channel, with its first members and its rules. */
export function NewGroupScreen() {
  const t = useText(groupsText);
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [form, setForm] = useState<NewGroupForm>({
    isChannel: parameters.get("kind") === "channel",
    name: "",
    description: "",
    picture: "",
    policies: emptyPolicies,
  });
  const [isChecked, setChecked] = useState(false);
  const picker = useMemberPicker();
  const { create, isCreating, failure } = useCreating(form, picker);
  const problems = problemsOf(form, t);
  const change = (changes: Partial<NewGroupForm>) => setForm((before) => ({ ...before, ...changes }));
  const submit = () => {
    setChecked(true);
    if (problems.name === "" && problems.description === "") void create();
  };
  return (
    <Page title={form.isChannel ? t.newChannel : t.newGroup} onBack={() => navigate("/new")}>
      <ProfileFields form={form} problems={isChecked ? problems : { name: "", description: "" }} onChange={change} />
      <section className={css("section")}>
        <h2>{t.members}</h2>
        <MemberPickerField picker={picker} />
      </section>
      <SettingsSection title={t.rules} text={t.rulesLater}>
        <PolicyFields policies={form.policies} onChange={(policies) => change({ policies })} />
      </SettingsSection>
      <Banner icon="lock" title={t.encryptionTitle}>
        {t.encryptionBody}
      </Banner>
      <Footer
        picker={picker}
        failure={failure}
        isCreating={isCreating}
        onCancel={() => navigate("/new")}
        onCreate={submit}
      />
    </Page>
  );
}

interface FooterProps {
  readonly picker: MemberPicker;
  /** Why creating failed, in words; empty if it did not. Stands here because here the reader has just pressed. */
  readonly failure: string;
  readonly isCreating: boolean;
  readonly onCancel: () => void;
  readonly onCreate: () => void;
}

function Footer({ picker, failure, isCreating, onCancel, onCreate }: FooterProps) {
  const t = useText(groupsText);
  const isUnsettled = useChips(picker).some(({ state }) => state !== "found");
  return (
    <div className={css("footer")}>
      {failure !== "" && (
        <div className={css("failure")}>
          <Banner tone="danger" isLive>
            {failure}
          </Banner>
        </div>
      )}
      <Button variant="quiet" onPress={onCancel}>
        {t.cancel}
      </Button>
      <Button variant="primary" isPending={isCreating} isDisabled={isUnsettled} onPress={onCreate}>
        {t.create}
      </Button>
    </div>
  );
}

interface ProfileFieldsProps {
  readonly form: NewGroupForm;
  readonly problems: FormProblems;
  readonly onChange: (changes: Partial<NewGroupForm>) => void;
}

function ProfileFields({ form, problems, onChange }: ProfileFieldsProps) {
  const t = useText(groupsText);
  return (
    <div className={css("fields")}>
      <RadioGroup
        label={t.kindLabel}
        value={form.isChannel ? "channel" : "group"}
        onChange={(kind) => onChange({ isChannel: kind === "channel" })}
      >
        <Radio value="group" description={t.kindGroupHint}>
          {t.kindGroup}
        </Radio>
        <Radio value="channel" description={t.kindChannelHint}>
          {t.kindChannel}
        </Radio>
      </RadioGroup>
      <PictureField picture={form.picture} name={form.name} onChange={(picture) => onChange({ picture })} />
      <TextField
        label={t.groupName}
        value={form.name}
        errorMessage={problems.name}
        onChange={(name) => onChange({ name })}
        autoComplete="off"
        isRequired
      />
      <TextArea
        label={t.description}
        description={t.descriptionHint}
        value={form.description}
        errorMessage={problems.description}
        onChange={(description) => onChange({ description })}
      />
    </div>
  );
}
