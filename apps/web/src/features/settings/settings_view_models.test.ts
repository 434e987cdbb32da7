import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { createBackupModel } from "./backup_view_model";
import { createPrivacyModel } from "./privacy_view_model";
import { createTransparencyModel } from "./transparency_view_model";
import { peopleOf } from "./verification_page";

const privacy = { presence: "companions", read_receipts: "companions", typing: "companions" } as const;

describe("privacy", () => {
  const answering = () =>
    new FakeClient()
      .answer("change_privacy", (change) => ({
        privacy: {
          presence: change.presence ?? privacy.presence,
          read_receipts: change.read_receipts ?? privacy.read_receipts,
          typing: change.typing ?? privacy.typing,
        },
      }))
      .answer("list_blocked_accounts", () => ({ accounts: [{ account: "02", name: "mallory" }] }));

  it("is read by changing nothing", async () => {
    const client = answering();
    const model = createPrivacyModel(client);
    await model.read();
    expect(client.askedFor("change_privacy")).toEqual([{}]);
    expect(model.store.getState()).toMatchObject({ privacy, blocked: [{ name: "mallory" }] });
  });

  it("names only what is changed, and takes it back if the server does not hear", async () => {
    const client = answering();
    const model = createPrivacyModel(client);
    await model.read();
    await model.set("typing", "nobody");
    expect(client.askedFor("change_privacy")[1]).toEqual({ typing: "nobody" });
    client.fail("change_privacy", { code: "offline" });
    await model.set("presence", "nobody");
    expect(model.store.getState()).toMatchObject({ privacy: { presence: "companions", typing: "nobody" } });
    expect(model.store.getState().error).not.toBeNull();
  });
});

describe("backups in a person's own hands", () => {
  const exported = { file: "AQID", frames: [], words: [], code: "", strength: "fair", keys: 7 } as const;

  it("hold the identity alone as codes, and what opens messages too as a file", async () => {
    const client = new FakeClient().answer("export_backup", () => exported);
    const model = createBackupModel(client);
    await model.export({ kind: "codes", passphrase: "" });
    await model.export({ kind: "file", passphrase: "several words of mine" });
    expect(client.askedFor("export_backup")).toEqual([
      { passphrase: "", identity_only: true },
      { passphrase: "several words of mine", identity_only: false },
    ]);
    expect(model.store.getState().exported).toMatchObject({ file: Uint8Array.of(1, 2, 3), keys: 7 });
    model.forgetExport();
    expect(model.store.getState().exported).toBeNull();
  });
});

describe("transparency", () => {
  it("compares a checkpoint with the line end that copying lost", async () => {
    const answer = { result: "consistent", own_size: 1, other_size: 1, text: "" } as const;
    const client = new FakeClient().answer("compare_checkpoint", () => answer);
    const model = createTransparencyModel(client);
    await model.compare("log\n3\nabc");
    expect(client.askedFor("compare_checkpoint")).toEqual([{ note: "log\n3\nabc\n" }]);
    expect(model.store.getState().comparison).toBe("consistent");
  });
});

describe("the people to verify", () => {
  it("begin with who needs a decision, and leave out groups", () => {
    const one = (peer_name: string, verification: string, kind = "direct") => ({ peer_name, verification, kind });
    const list = [
      one("zoe", "verified"),
      one("bob", "unverified"),
      one("eve", "changed"),
      one("x", "changed", "group"),
    ];
    expect(peopleOf(list as never).map((person) => person.peer_name)).toEqual(["eve", "bob", "zoe"]);
  });
});
