import { describe, expect, it } from "vitest";
import { sampleConversation } from "../../features/conversation_list/testing/samples";
import { countUnread } from "./unread_count";

describe("what is unread", () => {
  it("counts neither what is muted nor what is archived, and a mark by hand as a conversation", () => {
    const all = [
      sampleConversation({ unread: 3 }),
      sampleConversation({ unread: 5, muted_until: 2_000 }),
      sampleConversation({ unread: 7, archived: true }),
      sampleConversation({ marked_unread: true }),
      sampleConversation(),
    ];
    expect(countUnread(all, 1_000)).toEqual({ conversations: 2, messages: 3 });
    expect(countUnread(all, 3_000)).toEqual({ conversations: 3, messages: 8 });
  });
});
