import { useLocation } from "wouter";
import { useClient } from "../../engine/client_context";
import { useConversationsStore } from "../conversation_list/conversations_store";
import { useAttempt } from "./group_actions";

/** Goes from a member to the conversation with them, or to verifying them. */
export function useOpenConversation() {
  const client = useClient();
  const store = useConversationsStore();
  const attempt = useAttempt();
  const [, navigate] = useLocation();
  const go = async (name: string) => {
    const { conversation } = await client.ask("open_conversation", { name });
    store.put(conversation);
    navigate(`/c/${conversation.conversation}`);
  };
  return {
    open: (name: string) => void attempt(go(name)),
    verify: (name: string) => navigate(`/verify/${encodeURIComponent(name)}`),
  };
}
