// Property: people make a group, say who may do what in it, and others come by a link and go again; all see the same.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";

describe("a group", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let link: string;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada");
    bob = await stage.person("bob");
    eve = await stage.person("eve");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const details = (person: Person) => person.page.getByRole("complementary", { name: "Details" });
  const showDetails = async (person: Person) => {
    if (await details(person).isHidden()) await person.page.getByRole("main").getByTitle("Information").click();
    await details(person).waitFor();
  };

  it("is created with two others, who read what is written", async () => {
    await ada.page.goto("/new/group");
    await ada.field("Name").fill("Lighthouse");
    for (const name of ["bob", "eve"]) {
      await ada.field("Add by account name").fill(name);
      await ada.field("Add by account name").press("Enter");
    }
    await ada.button("Create").click();
    await ada.send("Welcome aboard");
    for (const person of [bob, eve]) {
      await person.open("Lighthouse");
      await person.sees("Welcome aboard");
    }
    await eve.send("Glad to be here");
    await bob.sees("Glad to be here");
    await ada.sees("Glad to be here");
  });

  it("gives somebody a role, and gets another name", async () => {
    await showDetails(ada);
    await ada.button("Actions for bob").click();
    await ada.menuItem(/^Change role/).click();
    await ada.page.getByRole("radio", { name: /^Administrator/ }).check({ force: true });
    await ada.button("Change role").click();
    await bob.page.getByText("ada made you an administrator").first().waitFor();

    await showDetails(bob);
    await bob.button("Edit").click();
    const form = bob.dialog("Edit name and picture");
    await form.getByRole("textbox", { name: "Name", exact: true }).fill("Lantern");
    await form.getByRole("button", { name: "Save" }).click();
    for (const person of [ada, bob, eve]) await person.row("Lantern").waitFor();
  });

  it("takes in a fourth by an invitation link", async () => {
    await ada.button("New link").click();
    await ada.button("Create link").click();
    const ready = ada.dialog("Your invitation link");
    link = (await ready.getByRole("group", { name: "Link" }).innerText()).match(/https?:\S+/)?.[0] ?? "";
    await ready.getByRole("button", { name: "Done" }).click();
    expect(link).toContain("/join#");

    const dan = await stage.visitor("dan");
    await dan.page.goto("about:blank");
    await dan.page.goto(link);
    await dan.button("Create an account").click();
    await dan.field("Name").fill("dan");
    await dan.page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await dan.button("Create account").click();
    await dan.button("Later").click();
    await dan.button("Join").click();
    await dan.heading("Lantern").first().waitFor();
    await dan.send("I followed the light");
    for (const person of [ada, bob, eve]) await person.sees("I followed the light");
  });

  it("lets somebody go, who then writes no more", async () => {
    await showDetails(eve);
    await eve.button(/^Leave group/).click();
    await eve.dialog("Leave this group?").getByRole("button", { name: "Leave" }).click();
    await eve.page
      .getByText(/not a member any more|no longer a member/)
      .first()
      .waitFor();
    await bob.page.getByText("eve left the group").first().waitFor();
    await eve.composer().waitFor({ state: "detached" });
  });

  it("had pages that complained about nothing", () => expect(stage.complaints()).toEqual([]));
});
