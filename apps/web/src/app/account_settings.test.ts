// What a person chooses on one device holds on the others; what the account does not say stays the browser's own.
import { afterEach, beforeEach, expect, test } from "vitest";
import { languageChoice, setLanguage } from "../design/text";
import { currentAppearance, setAppearance } from "../design/theme";
import { FakeClient } from "../engine/testing/fake_client";
import { notificationSettings } from "../notifications/notification_settings_store";
import { followAccountSettings } from "./account_settings";

let client: FakeClient;
let kept: { name: string; value: string }[];
let end: () => void;

async function follow(): Promise<void> {
  end = followAccountSettings(client);
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  kept = [];
  end = () => undefined;
  client = new FakeClient()
    .answer("list_application_settings", () => ({ settings: kept }))
    .answer("set_application_setting", () => ({}));
});
afterEach(() => {
  end();
  setLanguage("system");
  setAppearance({ theme: "system", accent: "teal" });
});

test("takes what the account keeps, and does not say it back", async () => {
  kept = [
    { name: "web.language", value: "de" },
    { name: "web.theme", value: "dark" },
    { name: "web.notification_content", value: "name" },
  ];
  await follow();
  expect(languageChoice()).toBe("de");
  expect(currentAppearance()).toMatchObject({ theme: "dark", accent: "teal" });
  expect(notificationSettings().content).toBe("name");
  expect(client.askedFor("set_application_setting")).toEqual([]);
});

test("keeps what is chosen here with the account, once", async () => {
  await follow();
  setAppearance({ accent: "plum" });
  setAppearance({ accent: "plum", motion: "reduced" });
  expect(client.askedFor("set_application_setting")).toEqual([{ setting: { name: "web.accent", value: "plum" } }]);
});

test("follows a choice that another device makes", async () => {
  await follow();
  client.emit("application_settings", { settings: [{ name: "web.language", value: "en" }] });
  expect(languageChoice()).toBe("en");
  expect(client.askedFor("set_application_setting")).toEqual([]);
});

test("leaves alone what it does not know", async () => {
  kept = [
    { name: "web.theme", value: "sepia" },
    { name: "other.theme", value: "dark" },
  ];
  await follow();
  expect(currentAppearance().theme).toBe("system");
  expect(client.askedFor("set_application_setting")).toEqual([]);
});
