import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { createRestoreModel } from "./restore_view_model";

const restored = { account: "00", device: "01", name: "alice", packs: 3, devices: 2 };

function filled(client: FakeClient) {
  const model = createRestoreModel(client);
  model.change({ name: " Alice ", password: "secret password", secret: " one two three " });
  return model;
}

describe("restoring an account", () => {
  it("hands over exactly one of key and passphrase, and forgets both", async () => {
    const client = new FakeClient().answer("restore_backup", () => restored);
    const model = filled(client);
    await model.restore();
    expect(client.askedFor("restore_backup")).toEqual([
      {
        name: "alice",
        password: "secret password",
        recovery_key: "one two three",
        passphrase: "",
        file: "",
        remove_others: false,
      },
    ]);
    expect(model.store.getState()).toMatchObject({ phase: "restored", password: "", secret: "" });
  });

  it("does not trim a passphrase: its blanks are part of it", async () => {
    const client = new FakeClient().answer("restore_backup", () => restored);
    const model = filled(client);
    model.change({ lock: "passphrase", secret: " with blanks " });
    await model.restore();
    expect(client.askedFor("restore_backup")[0]).toMatchObject({ recovery_key: "", passphrase: " with blanks " });
  });

  it("tells how much was read, whether that comes before or after the answer", async () => {
    const client = new FakeClient().answer("restore_backup", () => restored);
    const model = filled(client);
    const end = model.start();
    await model.restore();
    expect(model.store.getState().progress).toEqual({ packs: 3, devices: 2, keys: null });
    client.emit("backup_read", { packs: 3, keys: 412 });
    expect(model.store.getState().progress).toEqual({ packs: 3, devices: 2, keys: 412 });
    end();
    const early = filled(client);
    const endEarly = early.start();
    client.emit("backup_read", { packs: 3, keys: 5 });
    await early.restore();
    expect(early.store.getState().progress?.keys).toBe(5);
    endEarly();
  });

  it("hands over a chosen file, and no file once the server is chosen again", async () => {
    const client = new FakeClient().answer("restore_backup", () => restored);
    const model = filled(client);
    model.chooseSource("file");
    await model.takeFile(new File([Uint8Array.of(1, 2, 3)], "alice.sotto"));
    expect(model.store.getState().file).toEqual({ name: "alice.sotto", size: 3 });
    await model.restore();
    model.chooseSource("server");
    await model.restore();
    expect(client.askedFor("restore_backup").map((one) => one.file)).toEqual(["AQID", ""]);
  });

  it("stays where it is when the key is wrong", async () => {
    const client = new FakeClient().fail("restore_backup", { code: "wrong_recovery_key" });
    const model = filled(client);
    await model.restore();
    expect(model.store.getState()).toMatchObject({ phase: "form", isBusy: false, secret: " one two three " });
  });

  it("resets the identity by its own command only", async () => {
    const client = new FakeClient().answer("reset_identity", () => ({ account: "00", device: "01", name: "alice" }));
    const model = filled(client);
    await model.reset();
    expect(client.asked.map((command) => command.name)).toEqual(["reset_identity"]);
    expect(model.store.getState().phase).toBe("reset");
  });
});
