import { type ComponentType, lazy } from "react";

/** Every screen of a feature, loaded when it is first shown. */
const modules = import.meta.glob<Readonly<Record<string, ComponentType>>>([
  "../features/*/*_screen.tsx",
  "!../features/conversation_list/conversation_list_screen.tsx",
]);

function Nothing() {
  return null;
}

function screen(path: string, name: string): ComponentType {
  const load = modules[`../features/${path}_screen.tsx`];
  if (load === undefined) return Nothing;
  return lazy(async () => ({ default: (await load())[name] ?? Nothing }));
}

export const ConversationScreen = screen("conversation/conversation", "ConversationScreen");
export const ConversationInfoScreen = screen("conversation/conversation", "ConversationInfoScreen");
export const ThreadScreen = screen("conversation/conversation", "ThreadScreen");
export const NewConversationScreen = screen("groups/new_conversation", "NewConversationScreen");
export const NewGroupScreen = screen("groups/new_conversation", "NewGroupScreen");
export const GroupInfoScreen = screen("groups/group_info", "GroupInfoScreen");
export const JoinScreen = screen("invitations/join", "JoinScreen");
export const SearchScreen = screen("search/search", "SearchScreen");
export const StartScreen = screen("onboarding/start", "StartScreen");
export const RegisterScreen = screen("onboarding/register", "RegisterScreen");
export const SignInScreen = screen("onboarding/sign_in", "SignInScreen");
export const FirstConversationScreen = screen("onboarding/first_conversation", "FirstConversationScreen");
export const LinkThisDeviceScreen = screen("linking/link_this_device", "LinkThisDeviceScreen");
export const RestoreScreen = screen("recovery/restore", "RestoreScreen");
export const VerifyScreen = screen("verification/verify", "VerifyScreen");
export const SettingsScreen = screen("settings/settings", "SettingsScreen");
