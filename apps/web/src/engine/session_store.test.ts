import type { Identity } from "@sotto/client";
import { describe, expect, it, vi } from "vitest";
import { SessionStore } from "./session_store";
import { FakeClient } from "./testing/fake_client";

const nobody: Identity = { state: "empty", name: "", account: "", device: "", account_key: "" };
const anna: Identity = { state: "logged_in", name: "anna", account: "aa", device: "dd", account_key: "ff" };

function fixture(identity: Identity = nobody) {
  const home = { identity };
  const fake = new FakeClient()
    .answer("who_am_i", () => home.identity)
    .answer("get_status", () => ({ login: home.identity.state, connection: "closed", outbox: 0, unannounced: 0 }));
  const store = new SessionStore(fake);
  return { fake, store, home };
}

describe("the session", () => {
  it("is starting until the engine has said who this is", async () => {
    const { store } = fixture(anna);
    expect(store.session().state).toBe("starting");
    store.start();
    await vi.waitFor(() => expect(store.session()).toMatchObject({ state: "logged_in", name: "anna", device: "dd" }));
  });

  it("is current when a command that changes it has been answered", async () => {
    const { fake, store, home } = fixture();
    store.start();
    fake.answer("register_account", () => {
      home.identity = anna;
      return { account: "aa", device: "dd", name: "anna" };
    });
    await store.client.ask("register_account", { name: "anna", password: "long enough" });
    expect(store.session().name).toBe("anna");
  });

  it("is asked for again when such a command fails, because it may have gone half its way", async () => {
    const { fake, store, home } = fixture();
    store.start();
    await store.refresh();
    fake.fail("register_account", { code: "offline" });
    home.identity = { ...nobody, state: "registering", name: "anna" };
    await expect(store.client.ask("register_account", { name: "anna", password: "long enough" })).rejects.toThrow();
    expect(store.session().state).toBe("registering");
  });

  it("follows what another tab or the server did", async () => {
    const { fake, store, home } = fixture(anna);
    store.start();
    await store.refresh();
    home.identity = { ...anna, state: "logged_out" };
    fake.emit("logged_out", { text: "" });
    await vi.waitFor(() => expect(store.session().state).toBe("logged_out"));
  });

  it("tells its listeners only when something is different", async () => {
    const { store } = fixture(anna);
    await store.refresh();
    const listener = vi.fn();
    store.subscribe(listener);
    await store.refresh();
    expect(listener).not.toHaveBeenCalled();
  });
});

describe("the connection", () => {
  it("is what the engine told last, and keeps when it is tried again", async () => {
    const { fake, store } = fixture(anna);
    store.start();
    await vi.waitFor(() => expect(store.connection()).toEqual({ connection: "closed" }));
    fake.emit("connection_changed", { connection: "closed", retry_at: 5 });
    expect(store.connection()).toEqual({ connection: "closed", retry_at: 5 });
    fake.emit("connection_changed", { connection: "live" });
    expect(store.connection()).toEqual({ connection: "live" });
  });
});
