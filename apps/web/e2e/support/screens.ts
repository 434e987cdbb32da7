import type { Person } from "./person.ts";
import type { Stage } from "./stage.ts";

export type Language = "en" | "de";

export const localeOf: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** Chooses the language in the settings. What comes after is found by its place, not by English words. */
export async function speak(person: Person, language: Language): Promise<void> {
  await person.page.goto("/settings/language");
  await person.page.getByRole("radio", { name: language === "de" ? "Deutsch" : "English" }).check({ force: true });
}

/** A place to look at, and what has to be there before it is. */
export interface Screen {
  readonly name: string;
  readonly go: (person: Person) => Promise<void>;
}

const settled = async (person: Person, path: string) => {
  // Within the app, where it is open: to load all of it anew for each screen would take most of the time.
  if (person.page.url().startsWith("http")) await person.page.evaluate((to) => history.pushState(null, "", to), path);
  else await person.page.goto(path);
  await person.page.getByRole("main").first().waitFor();
  await person.page.waitForFunction(() => document.querySelector('[aria-busy="true"], [class*=skeleton]') === null);
  // Screens that are loaded when they are first needed have no other sign of being there.
  await person.page.waitForTimeout(300);
};

const at = (name: string, path: string): Screen => ({ name, go: (person) => settled(person, path) });

/** Before somebody has an account. */
export const firstScreens: readonly Screen[] = [
  at("start", "/start"),
  at("register", "/start/register"),
  at("link", "/start/link"),
  at("restore", "/start/restore"),
];

/** Over a conversation the question whether to delete it: the last screen, because it stays open. */
const deletion = (conversation: string): Screen => ({
  name: "deletion",
  go: async (person) => {
    await settled(person, conversation);
    const actions = person.page.getByRole("main").getByRole("button", { name: /^(More|Weitere) / });
    await actions.first().click();
    await person.menuItem(/^(Delete|Löschen)/).click();
    await person.dialog("").waitFor();
  },
});

interface Places {
  /** Ids of two conversations. */
  readonly direct: string;
  readonly group: string;
  /** The path of a thread. */
  readonly thread: string;
}

/** What can be seen with an account. */
export function screensOf({ direct, group, thread }: Places): readonly Screen[] {
  const pages = ["", "/profile", "/devices", "/verification", "/backup", "/privacy", "/notifications"];
  const morePages = ["/appearance", "/language", "/storage", "/about"];
  return [
    at("conversations", "/"),
    at("new", "/new"),
    at("new-group", "/new/group"),
    at("conversation", `/c/${direct}`),
    at("conversation-info", `/c/${direct}/info`),
    at("thread", thread),
    at("group", `/c/${group}`),
    at("group-info", `/c/${group}/info`),
    at("verify", "/verify/bob"),
    at("search", "/search"),
    at("join", "/join"),
    ...[...pages, ...morePages].map((page) => at(`settings${page.replace("/", "-")}`, `/settings${page}`)),
    deletion(`/c/${direct}`),
  ];
}

type Line = readonly [author: "ada" | "bob", text: string];

const lines: Record<Language, readonly Line[]> = {
  en: [
    ["bob", "Good morning! Did the parcel arrive?"],
    ["ada", "It did, at last. **Everything** is in one piece."],
    ["bob", "Wonderful. Shall we meet at the harbour at six? I know a place with good soup: https://example.org/soup"],
    ["ada", "Six is fine.\n\n- I bring the lamp\n- you bring the map"],
    ["bob", "Deal. I may be a few minutes late; the ferry goes by its own clock, as everybody on this coast knows."],
    ["ada", "I wait at the blue door."],
  ],
  de: [
    ["bob", "Guten Morgen! Ist das Paket angekommen?"],
    ["ada", "Ja, endlich. **Alles** ist heil geblieben."],
    ["bob", "Wunderbar. Treffen wir uns um sechs am Hafen? Ich kenne da gute Suppe: https://example.org/suppe"],
    ["ada", "Sechs passt.\n\n- ich bringe die Lampe mit\n- du die Karte"],
    ["bob", "Abgemacht. Vielleicht komme ich ein paar Minuten später; die Fähre geht nach ihrer eigenen Uhr."],
    ["ada", "Ich warte an der blauen Tür."],
  ],
};

const groupNames = { en: "Lighthouse keepers", de: "Leuchtturmwache" } as const;

/** Gives somebody two acquaintances, a conversation with each, and a group. */
export async function furnish(stage: Stage, ada: Person, language: Language): Promise<readonly Screen[]> {
  const say = (english: string, german: string) => (language === "de" ? german : english);
  const bob = stage.server.terminal();
  const carla = stage.server.terminal();
  await bob.run(["register", "bob"]);
  await carla.run(["register", "carla"]);
  await carla.run(["send", "ada", say("See you tomorrow!", "Bis morgen!")]);
  const [first, ...others] = lines[language];
  await bob.run(["send", "ada", first?.[1] ?? ""]);
  await ada.open("bob");
  for (const [author, text] of others) {
    if (author === "ada") await ada.send(text);
    else await bob.run(["send", "ada", text]);
    await ada
      .messages()
      .filter({ hasText: text.replace(/[*\n].*$/s, "").slice(0, 20) })
      .first()
      .waitFor();
  }
  const direct = new URL(ada.page.url()).pathname.split("/")[2] ?? "";
  const thread = await answerInThread(ada, others[3]?.[1] ?? "", say("Will the soup be hot?", "Ist die Suppe heiß?"));
  const group = groupNames[language];
  await bob.run(["group", "create", group, "ada", "carla"]);
  await bob.run(["send", `#${group}`, say("Who keeps watch tonight?", "Wer hat heute Nacht Dienst?")]);
  await carla.run(["listen", "--count", "1", "--timeout", "30"]);
  await carla.run(["send", `#${group}`, say("I do, until four.", "Ich, bis um vier.")]);
  await ada.open(group);
  await ada.send(say("Then I come after you.", "Dann komme ich nach dir."));
  await ada.sees(say("I do, until four.", "Ich, bis um vier."));
  return screensOf({ direct, group: new URL(ada.page.url()).pathname.split("/")[2] ?? "", thread });
}

/** Gives the path of the thread. The page is in English. */
async function answerInThread(person: Person, first: string, answer: string): Promise<string> {
  await person.choose(first, "Open thread");
  const thread = person.page.getByRole("region", { name: "Thread" });
  await thread.getByRole("textbox").fill(answer);
  await thread.getByRole("button", { name: "Send", exact: true }).click();
  await thread.getByRole("article", { name: answer }).waitFor();
  const { pathname } = new URL(person.page.url());
  await thread.getByRole("button", { name: "Close", exact: true }).click();
  return pathname;
}
