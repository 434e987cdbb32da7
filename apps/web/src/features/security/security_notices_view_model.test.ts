import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { createSecurityNoticesModel } from "./security_notices_view_model";
import { noticeTexts } from "./security_text";

const conversations = (name: string) => [{ peer: "02", peer_name: name }] as never;
const settled = () => new Promise((resolve) => setTimeout(resolve));

function listening() {
  const client = new FakeClient().answer("list_conversations", () => ({
    conversations: conversations("bob"),
    more: false,
  }));
  const model = createSecurityNoticesModel(client, { ownDevice: () => "aa" });
  model.start();
  return { client, model };
}

describe("security notices", () => {
  it("say the same thing once, counted, newest first", () => {
    const { client, model } = listening();
    client.emit("security_notice", { kind: "replayed", text: "" });
    client.emit("security_notice", { kind: "altered", text: "" });
    client.emit("security_notice", { kind: "replayed", text: "" });
    expect(model.store.getState().notices).toMatchObject([
      { kind: "refused", what: "replayed", count: 2 },
      { kind: "refused", what: "altered", count: 1 },
    ]);
  });

  it("find the name of the account that they concern", async () => {
    const { client, model } = listening();
    client.emit("security_notice", { kind: "device_list_older", account: "02", text: "" });
    await settled();
    expect(model.store.getState().names).toEqual({ "02": "bob" });
  });

  it("tell of a device that was added, but not a new device of itself", () => {
    const { client, model } = listening();
    client.emit("own_devices_changed", { added: ["aa"], removed: [], text: "" });
    expect(model.store.getState().notices).toEqual([]);
    client.emit("own_devices_changed", { added: ["bb"], removed: ["cc"], text: "" });
    expect(model.store.getState().notices).toMatchObject([
      { kind: "devices", change: "removed", devices: ["cc"] },
      { kind: "devices", change: "added", devices: ["bb"] },
    ]);
  });

  it("keep of a contact's identity how it stands now", () => {
    const { client, model } = listening();
    client.emit("identity_changed", { account: "02", name: "bob", verification: "changed", text: "" });
    client.emit("identity_changed", { account: "02", name: "bob", verification: "verified", text: "" });
    expect(model.store.getState().notices).toMatchObject([{ kind: "identity", verification: "verified" }]);
  });

  it("are bounded, whatever a server does", () => {
    const { client, model } = listening();
    for (let index = 0; index < 100; index += 1) {
      client.emit("security_notice", { kind: "altered", conversation: String(index), text: "" });
    }
    expect(model.store.getState().notices).toHaveLength(20);
  });

  it("have words for every kind in both languages", () => {
    for (const texts of Object.values(noticeTexts)) {
      for (const [kind, words] of Object.entries(texts)) expect(words("Bob") !== "").toBe(kind !== "none");
    }
  });
});
