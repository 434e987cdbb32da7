import { describe, expect, it } from "vitest";
import { FakeClient, FakeFailure } from "../../engine/testing/fake_client";
import { createRegisterModel } from "./register_view_model";

const signedIn = { account: "00", device: "01", name: "alice" };
const noPause = () => Promise.resolve();

function modelOf(client: FakeClient, begunAs = "") {
  const model = createRegisterModel(client, { begunAs, pause: noPause });
  if (begunAs === "") model.setName("Alice");
  model.setPassword("copper window battery");
  return model;
}

describe("creating an account", () => {
  it("asks the engine with the name in small letters and forgets the password", async () => {
    const client = new FakeClient().answer("register_account", () => signedIn);
    const model = modelOf(client);
    expect(await model.submit()).toBe(true);
    expect(client.askedFor("register_account")).toEqual([{ name: "alice", password: "copper window battery" }]);
    expect(model.store.getState().password).toBe("");
  });

  it("asks nothing while the name or the password cannot be taken, and says so only after a try", async () => {
    const client = new FakeClient();
    const model = createRegisterModel(client, { begunAs: "" });
    model.setName("al");
    expect(model.store.getState().asked).toBe(false);
    expect(await model.submit()).toBe(false);
    expect(model.store.getState()).toMatchObject({ asked: true, nameProblem: "too_short" });
    expect(client.asked).toEqual([]);
  });

  it("keeps what was typed when the name is taken, and drops the error with the next letter", async () => {
    const client = new FakeClient().fail("register_account", { code: "name_taken" });
    const model = modelOf(client);
    expect(await model.submit()).toBe(false);
    expect(model.store.getState()).toMatchObject({ name: "Alice", isBusy: false, error: expect.any(FakeFailure) });
    model.setName("Alice2");
    expect(model.store.getState().error).toBeNull();
  });

  it("asks three times while the server is not available, and then says so", async () => {
    let attempts = 0;
    const client = new FakeClient().answer("register_account", () => {
      attempts += 1;
      if (attempts < 3) throw new FakeFailure({ code: "server_unavailable" });
      return signedIn;
    });
    expect(await modelOf(client).submit()).toBe(true);
    client.fail("register_account", { code: "server_unavailable" });
    expect(await modelOf(client).submit()).toBe(false);
    expect(client.asked).toHaveLength(6);
  });

  it("finishes under the name it was begun with", async () => {
    const client = new FakeClient().answer("register_account", () => signedIn);
    expect(await modelOf(client, "alice").submit()).toBe(true);
    expect(client.askedFor("register_account")[0]?.name).toBe("alice");
  });
});
