import type { Answers } from "@sotto/client";

type Device = Answers["list_devices"]["devices"][number];
type Login = Answers["list_logins"]["logins"][number];

export interface DeviceShown {
  readonly id: string;
  /** What its user calls it; "" while it has no name. */
  readonly name: string;
  /** How people tell devices without names apart: the beginning of the id. */
  readonly shortId: string;
  readonly addedAt: number;
  /** When it was last signed in or renewed its sign-in; 0 if that is not known. */
  readonly lastSeen: number;
  readonly isCurrent: boolean;
}

/** The current device first, then who was seen last. */
export function deviceList(devices: readonly Device[], logins: readonly Login[]): readonly DeviceShown[] {
  const lastUse = new Map<string, number>();
  for (const login of logins) {
    lastUse.set(login.device, Math.max(lastUse.get(login.device) ?? 0, login.last_used_at));
  }
  const shown = devices.map((device) => ({
    id: device.device,
    name: device.name,
    shortId: device.device.slice(0, 8),
    addedAt: device.added_at,
    lastSeen: Math.max(device.last_seen || 0, lastUse.get(device.device) ?? 0),
    isCurrent: device.current,
  }));
  return shown.sort(
    (left, right) =>
      Number(right.isCurrent) - Number(left.isCurrent) ||
      right.lastSeen - left.lastSeen ||
      right.addedAt - left.addedAt,
  );
}
