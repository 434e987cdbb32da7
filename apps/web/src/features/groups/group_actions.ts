import type { Client, Commands } from "@sotto/client";
import { useMemo } from "react";
import { useLanguage } from "../../design/text";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import type { Policies, Role } from "./permissions";

type ProfileChanges = Omit<Commands["change_group_profile"], "conversation">;

/** What a person does to a group. Each answers when the server has taken it, and throws what the engine says. */
export interface GroupActions {
  add(names: readonly string[], role: Role): Promise<void>;
  remove(name: string): Promise<void>;
  setRole(name: string, role: Role): Promise<void>;
  changeProfile(changes: ProfileChanges): Promise<void>;
  changePolicies(policies: Policies): Promise<void>;
  approve(name: string): Promise<void>;
  decline(name: string): Promise<void>;
  leave(): Promise<void>;
  close(): Promise<void>;
}

export function groupActions(client: Client, conversation: string): GroupActions {
  return {
    add: async (names, role) => void (await client.ask("add_members", { conversation, names, role })),
    remove: async (name) => void (await client.ask("remove_members", { conversation, names: [name] })),
    setRole: async (name, role) => void (await client.ask("set_role", { conversation, name, role })),
    changeProfile: async (changes) => void (await client.ask("change_group_profile", { conversation, ...changes })),
    changePolicies: async (policies) => void (await client.ask("change_group_policies", { conversation, policies })),
    approve: async (name) => void (await client.ask("approve_join", { conversation, name })),
    decline: async (name) => void (await client.ask("decline_join", { conversation, name })),
    leave: async () => void (await client.ask("leave_group", { conversation })),
    close: async () => void (await client.ask("close_group", { conversation })),
  };
}

export function useGroupActions(conversation: string): GroupActions {
  const client = useClient();
  return useMemo(() => groupActions(client, conversation), [client, conversation]);
}

/** Runs what was asked for and says in words if it failed; answers whether it succeeded. */
export function useAttempt(): (doing: Promise<unknown>) => Promise<boolean> {
  const toast = useToast();
  const language = useLanguage();
  return async (doing) => {
    try {
      await doing;
      return true;
    } catch (error) {
      toast({ text: explainError(error, language), tone: "danger" });
      return false;
    }
  };
}
