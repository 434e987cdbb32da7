import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { toBase64 } from "../recovery/octets";
import { createVerifyModel } from "./verify_view_model";

const end = (id: number, key: number) => [...Array<number>(16).fill(id), ...Array<number>(32).fill(key)];
const own = Uint8Array.from([1, ...end(1, 11), ...end(2, 22)]);
const theirs = Uint8Array.from([1, ...end(2, 22), ...end(1, 11)]);
const swapped = Uint8Array.from([1, ...end(2, 99), ...end(1, 11)]);

const digits = "12345".repeat(12);
const number = { account: "02", digits, qr: toBase64(own), verification: "unverified" } as const;
const settled = () => new Promise((resolve) => setTimeout(resolve));

async function opened(client: FakeClient) {
  const model = createVerifyModel(client, "bob");
  const close = model.start();
  await settled();
  return { model, close };
}

const answering = () =>
  new FakeClient()
    .answer("get_safety_number", () => number)
    .answer("set_verified", ({ verified }) => ({ ...number, verification: verified ? "verified" : "unverified" }));

describe("verifying a person", () => {
  it("records a scanned code that agrees, with the digits that were shown", async () => {
    const client = answering();
    const { model } = await opened(client);
    await model.takeScan(theirs);
    expect(client.askedFor("set_verified")).toEqual([{ name: "bob", verified: true, digits }]);
    expect(model.store.getState()).toMatchObject({ scan: "same", number: { verification: "verified" } });
  });

  it("records nothing for a code whose keys differ, and says so", async () => {
    const client = answering();
    const { model } = await opened(client);
    await model.takeScan(swapped);
    expect(model.store.getState().scan).toBe("keys_differ");
    expect(client.askedFor("set_verified")).toEqual([]);
  });

  it("shows the current number when the compared one no longer is, and does not call it verified", async () => {
    const fresh = { ...number, digits: "67890".repeat(12), verification: "changed" } as const;
    const client = answering();
    const { model } = await opened(client);
    client.fail("set_verified", { code: "number_differs" }).answer("get_safety_number", () => fresh);
    await model.confirmDigits();
    expect(model.store.getState()).toMatchObject({ number: fresh, scan: null });
    expect(model.store.getState().error).not.toBeNull();
  });

  it("withdraws without digits", async () => {
    const client = answering();
    const { model } = await opened(client);
    await model.withdraw();
    expect(client.askedFor("set_verified")).toEqual([{ name: "bob", verified: false, digits: "" }]);
  });

  it("reads the number again when this person's identity changes, and no other's", async () => {
    const client = answering();
    const { close } = await opened(client);
    const change = { account: "02", verification: "changed", text: "" } as const;
    client.emit("identity_changed", { ...change, name: "carol" });
    client.emit("identity_changed", { ...change, name: "bob" });
    await settled();
    expect(client.askedFor("get_safety_number")).toHaveLength(2);
    close();
  });
});
