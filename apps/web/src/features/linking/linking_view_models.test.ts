import { describe, expect, it, vi } from "vitest";
import { FakeClient, FakeFailure } from "../../engine/testing/fake_client";
import { createLinkAnotherDeviceModel } from "./link_another_device_view_model";
import { codeLifetimeMs, createLinkThisDeviceModel } from "./link_this_device_view_model";

const server = "https://chat.example.org";
const done = {};
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the device that is linked", () => {
  const begin = () => {
    const client = new FakeClient()
      .answer("begin_linking", () => ({ code: "sotto-link:abc" }))
      .answer("cancel_linking", () => done);
    const model = createLinkThisDeviceModel(client, server);
    return { client, model, end: model.start() };
  };

  it("shows its code, then the digits, then that it belongs to the account", async () => {
    const { client, model, end } = begin();
    await settled();
    expect(model.store.getState()).toMatchObject({ phase: "code", code: "sotto-link:abc" });
    client.emit("link_progress", { step: "compare", digits: "123456", text: "" });
    expect(model.store.getState()).toMatchObject({ phase: "compare", digits: "123456" });
    client.emit("link_progress", { step: "joined", digits: "", text: "" });
    expect(model.store.getState()).toMatchObject({ phase: "joined", code: "", digits: "" });
    end();
    expect(client.askedFor("cancel_linking")).toEqual([]);
  });

  it("gives the linking up when it is left before the end", async () => {
    const { client, end } = begin();
    await settled();
    end();
    expect(client.askedFor("cancel_linking")).toHaveLength(1);
  });

  it("asks for no code when it is left at once", async () => {
    const { client, end } = begin();
    end();
    await settled();
    expect(client.asked).toEqual([]);
  });

  it("says that the code is over after ten minutes, and makes a new one", async () => {
    vi.useFakeTimers();
    const { model, end } = begin();
    await vi.advanceTimersByTimeAsync(codeLifetimeMs);
    expect(model.store.getState().phase).toBe("expired");
    await model.renew();
    expect(model.store.getState().phase).toBe("code");
    end();
    vi.useRealTimers();
  });

  it("says when the other device refused", async () => {
    const { client, model, end } = begin();
    await settled();
    client.emit("link_progress", { step: "failed", digits: "", text: "refused" });
    expect(model.store.getState().phase).toBe("failed");
    end();
  });
});

describe("the device that takes another in", () => {
  const open = () => {
    const client = new FakeClient()
      .answer("accept_link", () => ({ step: "compare", digits: "123456", text: "" }))
      .answer("confirm_link", () => done);
    return { client, model: createLinkAnotherDeviceModel(client, server) };
  };

  it("names its own server, and confirms once the digits typed are those of this linking", async () => {
    const { client, model } = open();
    await model.takeCode(" sotto-link:abc\n");
    expect(client.askedFor("accept_link")).toEqual([{ code: "sotto-link:abc", server }]);
    await model.typeDigits("123 45");
    expect(client.askedFor("confirm_link")).toEqual([]);
    await model.typeDigits("123 456");
    expect(client.askedFor("confirm_link")).toEqual([{ same: true }]);
    expect(model.store.getState().phase).toBe("added");
  });

  it("never confirms other digits, and lets a slip be mended", async () => {
    const { client, model } = open();
    await model.takeCode("sotto-link:abc");
    await model.typeDigits("123457");
    expect(model.store.getState()).toMatchObject({ phase: "compare", differs: true });
    expect(client.askedFor("confirm_link")).toEqual([]);
    await model.typeDigits("123456");
    expect(client.askedFor("confirm_link")).toEqual([{ same: true }]);
  });

  it("refuses, also when it is closed while digits are compared", async () => {
    const { client, model } = open();
    await model.takeCode("sotto-link:abc");
    await model.refuse();
    expect(model.store.getState().phase).toBe("refused");
    model.startAgain();
    await model.takeCode("sotto-link:def");
    model.end();
    expect(client.askedFor("confirm_link")).toEqual([{ same: false }, { same: false }]);
  });

  it("asks the engine nothing for what is no link code", async () => {
    const { client, model } = open();
    await model.takeCode("https://example.org/login");
    expect(client.asked.map(({ name }) => name)).not.toContain("accept_link");
    expect(model.store.getState().error).toBe("not_a_code");
  });

  it("stays at the code when the engine refuses it", async () => {
    const { client, model } = open();
    client.fail("accept_link", { code: "other_server" });
    await model.takeCode("sotto-link:abc");
    expect(model.store.getState()).toMatchObject({ phase: "take_code", isBusy: false, error: expect.any(FakeFailure) });
  });
});
