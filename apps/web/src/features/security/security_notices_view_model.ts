import type { Client, EngineEvent } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { allConversations } from "../../engine/conversation_pages";
import type { Notice, SecurityNoticesActions, SecurityNoticesSnapshot } from "./security_notices_view";

/** More than this are not kept: the oldest of the least grave goes. */
const maxNotices = 20;

export interface SecurityNoticesModel extends SecurityNoticesActions {
  readonly store: StoreApi<SecurityNoticesSnapshot>;
  /** Listens until the returned is called. */
  start(): () => void;
}

export interface SecurityNoticesSurroundings {
  /** This device's id: it does not tell its user that it is new itself. */
  readonly ownDevice: () => string;
}

type NoticeContent = Notice extends infer One ? (One extends Notice ? Omit<One, "id" | "count"> : never) : never;

/** Two notices that say the same of the same are one, counted. */
function identityOf(notice: NoticeContent): string {
  switch (notice.kind) {
    case "refused":
      return `refused ${notice.what} ${notice.account ?? ""} ${notice.conversation ?? ""}`;
    case "identity":
      return `identity ${notice.name}`;
    case "devices":
      return `devices ${notice.change} ${notice.devices.join(" ")}`;
  }
}

function contentsOf(event: EngineEvent, ownDevice: string): readonly NoticeContent[] {
  switch (event.name) {
    case "security_notice": {
      const { kind, account, conversation } = event.body;
      if (kind === "none") return [];
      return [{ kind: "refused", what: kind, account: account ?? null, conversation: conversation ?? null }];
    }
    case "identity_changed":
      return [{ kind: "identity", name: event.body.name, verification: event.body.verification }];
    case "own_devices_changed": {
      const added = event.body.added.filter((device) => device !== ownDevice);
      const contents: NoticeContent[] = [];
      if (added.length > 0) contents.push({ kind: "devices", change: "added", devices: added });
      if (event.body.removed.length > 0) {
        contents.push({ kind: "devices", change: "removed", devices: event.body.removed });
      }
      return contents;
    }
    default:
      return [];
  }
}

/** Gathers what a person must know of the security of their account, newest first, the same thing once. */
export function createSecurityNoticesModel(
  client: Client,
  { ownDevice }: SecurityNoticesSurroundings,
): SecurityNoticesModel {
  const store = createStore<SecurityNoticesSnapshot>(() => ({ notices: [], names: {} }));

  const add = (content: NoticeContent) => {
    const id = identityOf(content);
    const { notices } = store.getState();
    const known = notices.find((notice) => notice.id === id);
    const others = notices.filter((notice) => notice.id !== id);
    const notice = { ...content, id, count: (known?.count ?? 0) + 1 } as Notice;
    store.setState({ notices: [notice, ...others].slice(0, maxNotices) });
  };
  /** Notices name accounts by id; the conversations know what those are called. */
  const learnNames = async () => {
    try {
      const conversations = await allConversations(client);
      const names = Object.fromEntries(conversations.map((one) => [one.peer, one.peer_name]));
      store.setState({ names });
    } catch {
      // The notice then speaks of "an account you know".
    }
  };
  return {
    store,
    start: () =>
      client.listen((event) => {
        const contents = contentsOf(event, ownDevice());
        for (const content of contents) add(content);
        if (contents.some((content) => content.kind === "refused" && content.account !== null)) void learnNames();
      }),
    dismiss(id) {
      store.setState({ notices: store.getState().notices.filter((notice) => notice.id !== id) });
    },
  };
}
