// Property: a code that one screen shows and the camera of another device reads links that device and verifies that
// person, with nothing typed but the six digits that stand against a code sent by a stranger (threat 23).
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";

describe("a camera", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada");
    bob = await stage.person("bob");
    await ada.writeTo("bob");
    await ada.send("Before the camera");
    await ada.sees("Before the camera", "Sent");
    await bob.open("ada");
    await bob.sees("Before the camera");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  it("reads the code of a new device, which is then linked", async () => {
    const second = await stage.visitor("ada");
    await second.link(/^Link this browser/).click();
    await stage.camera.pointAt(second.page.getByRole("img", { name: /^Code for your other device/ }), stage.browser);
    await ada.page.goto("/settings/devices");
    await ada.button("Link a device").click();
    await ada.dialog("Link a device").getByRole("button", { name: "Scan with the camera" }).click();
    const digits = second.page.getByRole("img", { name: /^The digits are/ });
    const label = (await digits.getAttribute("aria-label")) ?? "";
    await ada.field("Six digits").fill(label.replace(/\D/g, ""));
    await ada.page.getByText("The device is linked").first().waitFor();
    await second.button("To your conversations").click();
    await second.writeTo("bob");
    await second.send("From the device that the camera linked");
    await bob.sees("From the device that the camera linked");
  });

  it("reads the code of another person, who is then verified", async () => {
    await bob.chooseHere(/^Verify/);
    await stage.camera.pointAt(bob.page.getByRole("img", { name: /^Your code, for ada/ }), stage.browser);
    await ada.page.goto("/verify/bob");
    await ada.button("Scan the code").click();
    await ada.page.getByText("The codes agree. bob is verified.").first().waitFor();
    await ada.page.getByRole("status").getByText("Verified", { exact: true }).waitFor();
  });

  it("does not take the code of a third person for that of the second", async () => {
    const eve = await stage.person("eve");
    await eve.page.goto("/verify/ada");
    await stage.camera.pointAt(eve.page.getByRole("img", { name: /^Your code, for ada/ }), stage.browser);
    await bob.page.goto("/verify/ada");
    await bob.button("Scan the code").click();
    await bob.page
      .getByText(/^That code belongs to another conversation/)
      .first()
      .waitFor();
  });

  it("made no page complain", () => expect(stage.complaints()).toEqual([]));
});
