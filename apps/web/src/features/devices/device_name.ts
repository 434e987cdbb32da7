import type { Client } from "@sotto/client";
import type { Language } from "../../design/text";

/** What the engine takes at most. */
export const maxDeviceNameOctets = 64;

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bChrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

function firstOf(table: readonly (readonly [RegExp, string])[], agent: string): string | null {
  return table.find(([pattern]) => pattern.test(agent))?.[1] ?? null;
}

/** A name by which people tell this browser from their other devices, such as "Firefox on Linux". */
export function guessDeviceName(agent: string, language: Language): string {
  const browser = firstOf(browsers, agent) ?? "Browser";
  const system = firstOf(systems, agent);
  if (system === null) return browser;
  return language === "de" ? `${browser} auf ${system}` : `${browser} on ${system}`;
}

/** Why a name is not possible; null if it is. An empty one takes the name away. */
export function deviceNameProblem(name: string): "too_long" | null {
  return new TextEncoder().encode(name.trim()).length > maxDeviceNameOctets ? "too_long" : null;
}

/**
 * Gives this device, which is new, a name that its account's devices show. Only they see it. If it cannot be done the
 * device stays without a name, and can be given one in the settings.
 */
export async function nameThisDevice(client: Client, language: Language): Promise<void> {
  try {
    const { device } = await client.ask("who_am_i", {});
    await client.ask("name_device", { device, name: guessDeviceName(navigator.userAgent, language) });
  } catch {
    // Its id tells it apart.
  }
}
