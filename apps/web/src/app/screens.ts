import { type ComponentType, lazy } from "react";

type Module<N extends string> = Readonly<Record<N, ComponentType>>;

/** A screen that is loaded when it is first shown. */
function screen<N extends string>(name: N, load: () => Promise<Module<N>>): ComponentType {
  return lazy<ComponentType>(async () => ({ default: (await load())[name] }));
}

const conversation = () => import("../features/conversation/conversation_screen");
export const ConversationScreen = screen("ConversationScreen", conversation);
export const ConversationInfoScreen = screen("ConversationInfoScreen", conversation);
export const ThreadScreen = screen("ThreadScreen", conversation);

/** Begins to load what an address shows first, while the home is still being opened. */
export function preload(path: string): void {
  // Whoever shows it hears of a failure.
  if (path.startsWith("/c/")) conversation().catch(() => undefined);
}

const newConversation = () => import("../features/groups/new_conversation_screen");
export const NewConversationScreen = screen("NewConversationScreen", newConversation);
export const NewGroupScreen = screen("NewGroupScreen", () => import("../features/groups/new_group_screen"));
export const GroupInfoScreen = screen("GroupInfoScreen", () => import("../features/groups/group_info_screen"));
export const JoinScreen = screen("JoinScreen", () => import("../features/invitations/join_screen"));
export const SearchScreen = screen("SearchScreen", () => import("../features/search/search_screen"));

// Small, and the first that somebody without an account sees.
export { StartScreen } from "../features/onboarding/start_screen";
export const RegisterScreen = screen("RegisterScreen", () => import("../features/onboarding/register_screen"));
export const SignInScreen = screen("SignInScreen", () => import("../features/onboarding/sign_in_screen"));
const firstConversation = () => import("../features/onboarding/first_conversation_screen");
export const FirstConversationScreen = screen("FirstConversationScreen", firstConversation);
const linkThisDevice = () => import("../features/linking/link_this_device_screen");
export const LinkThisDeviceScreen = screen("LinkThisDeviceScreen", linkThisDevice);
export const RestoreScreen = screen("RestoreScreen", () => import("../features/recovery/restore_screen"));

export const VerifyScreen = screen("VerifyScreen", () => import("../features/verification/verify_screen"));
export const SettingsScreen = screen("SettingsScreen", () => import("../features/settings/settings_screen"));
