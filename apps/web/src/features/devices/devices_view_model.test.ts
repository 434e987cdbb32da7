import { describe, expect, it } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { deviceList } from "./device_list";
import { createDevicesModel } from "./devices_view_model";

const device = (id: string, added_at: number, current = false) => ({
  device: id,
  added_at,
  current,
  name: "",
  last_seen: 0,
});
const login = (id: string, of: string, last_used_at: number) => ({
  login: id,
  device: of,
  created_at: 1,
  last_used_at,
  current: false,
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the list of devices", () => {
  it("has this device first, then who was seen last, then who came last", () => {
    const devices = [device("aa", 1), device("bb", 2, true), device("cc", 3), device("dd", 4)];
    const logins = [login("1", "aa", 900), login("2", "aa", 100)];
    const shown = deviceList(devices, logins);
    expect(shown.map((one) => one.id)).toEqual(["bb", "aa", "dd", "cc"]);
    expect(shown[1]?.lastSeen).toBe(900);
  });
});

describe("the devices page", () => {
  const answering = () =>
    new FakeClient()
      .answer("list_devices", () => ({ account: "00", version: 1, devices: [device("aa", 1, true), device("bb", 2)] }))
      .answer("list_logins", () => ({ logins: [login("1", "bb", 5)] }))
      .answer("remove_device", () => ({}));

  it("reads again when the own devices change", async () => {
    const client = answering();
    const model = createDevicesModel(client);
    const end = model.start();
    await settled();
    client.emit("own_devices_changed", { added: ["cc"], removed: [], text: "" });
    await settled();
    expect(client.askedFor("list_devices")).toHaveLength(2);
    end();
  });

  it("still lists the devices when the sign-ins cannot be read", async () => {
    const client = answering().fail("list_logins", { code: "offline" });
    const model = createDevicesModel(client);
    await model.read();
    expect(model.store.getState().devices).toHaveLength(2);
    expect(model.store.getState().error).not.toBeNull();
  });

  it("names a device without the blanks around it", async () => {
    const client = answering().answer("name_device", () => ({}));
    const model = createDevicesModel(client);
    await model.read();
    const [own] = model.store.getState().devices ?? [];
    if (own === undefined) throw new Error("there are two devices");
    await model.rename(own, " Kitchen ");
    expect(client.askedFor("name_device")).toEqual([{ device: "aa", name: "Kitchen" }]);
    expect(client.askedFor("list_devices")).toHaveLength(2);
  });

  it("keeps saying why a removal failed", async () => {
    const client = answering().fail("remove_device", { code: "offline" });
    const model = createDevicesModel(client);
    await model.read();
    const [, other] = model.store.getState().devices ?? [];
    if (other === undefined) throw new Error("there are two devices");
    await model.remove(other);
    expect(model.store.getState()).toMatchObject({ busyWith: null });
    expect(model.store.getState().error).not.toBeNull();
  });
});
