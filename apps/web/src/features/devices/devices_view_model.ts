import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type DeviceShown, deviceList } from "./device_list";
import type { DevicesActions, DevicesSnapshot } from "./devices_view";

export interface DevicesModel extends DevicesActions {
  readonly store: StoreApi<DevicesSnapshot>;
  /** Reads the lists, and again whenever the own devices change, until the returned is called. */
  start(): () => void;
}

/** The account's devices and sign-ins. */
export function createDevicesModel(client: Client): DevicesModel {
  const store = createStore<DevicesSnapshot>(() => ({ devices: null, logins: null, busyWith: null, error: null }));
  const show = (part: Partial<DevicesSnapshot>) => store.setState(part);

  const read = async () => {
    try {
      const { devices } = await client.ask("list_devices", { name: "", with_last_seen: true });
      show({ devices: deviceList(devices, []), error: null });
      const { logins } = await client.ask("list_logins", {});
      show({ devices: deviceList(devices, logins), logins });
    } catch (error) {
      show({ error });
    }
  };
  const change = async (id: string, work: () => Promise<unknown>) => {
    show({ busyWith: id, error: null });
    try {
      await work();
      await read();
    } catch (error) {
      show({ error });
    }
    show({ busyWith: null });
  };
  return {
    store,
    start() {
      void read();
      return client.listen((event) => {
        if (event.name === "own_devices_changed") void read();
      });
    },
    read,
    remove: (device: DeviceShown) => change(device.id, () => client.ask("remove_device", { device: device.id })),
    rename: (device, name) =>
      change(device.id, () => client.ask("name_device", { device: device.id, name: name.trim() })),
    revoke: (login) => change(login, () => client.ask("revoke_login", { login })),
    async signOut() {
      show({ busyWith: "sign_out", error: null });
      try {
        await client.ask("log_out", {});
        show({ busyWith: null });
        return true;
      } catch (error) {
        show({ busyWith: null, error });
        return false;
      }
    },
  };
}
