import { referenceOf, type TimelineMessage } from "../engine_types";
import { anna, idOf, sampleMessage, self } from "./sample_home";

const minute = 60_000;
const bo = { sender: idOf(0xc3), sender_name: "bo.lindqvist", sender_device: idOf(0xc31) };
const emre = { sender: idOf(0xd7), sender_name: "emre", sender_device: idOf(0xd71) };

/** Every kind of line that a conversation may show. */
export function everyKindOfLine(now: number): TimelineMessage[] {
  const early = now - 26 * 60 * minute;
  const at = (minutes: number) => now - minutes * minute;
  const question = sampleMessage({ ...bo, text: "Wer bringt am **Samstag** die Noten mit?", sent_at: early });
  const long = sampleMessage({
    ...emre,
    text: "Hier die Liste:\n\n- Schütz, *Musikalische Exequien*\n- Brahms, op. 29\n- Pärt, *The Deer's Cry*\n\n> Bitte pünktlich!\n\nMehr steht auf https://chor.example.org/plan?x=1 und [hier](https://andere.example.com), oder [bank.de](https://boese.example). Und `code` auch.\n\n```\nTenor   19:30\nBass    19:45\n```",
    sent_at: early + 9 * minute,
  });
  return [
    sampleMessage({ own: true, kind: "group_event", text: "clara created the group.", sent_at: early - 2 * minute }),
    sampleMessage({ kind: "group_event", text: "clara added anna, bo.lindqvist, emre.", sent_at: early - minute }),
    question,
    sampleMessage({ ...bo, text: "Ich habe nur die alten.", sent_at: early + minute }),
    sampleMessage({
      own: true,
      text: "Ich, alle vier Sätze.",
      sent_at: early + 3 * minute,
      reply_to: referenceOf(question),
      quoted: { sender_name: "bo.lindqvist", own: false, text: "Wer bringt am Samstag die Noten mit?" },
      reactions: [
        { emoji: "👍", count: 3, own: false, accounts: [anna.account, bo.sender, emre.sender] },
        { emoji: "❤️", count: 1, own: true, accounts: [self.account] },
      ],
    }),
    long,
    sampleMessage({
      ...anna_,
      text: "@clara, kommst du auch mit dem Rad?",
      mentions: [self.account],
      sent_at: at(190),
    }),
    sampleMessage({ own: true, text: "Wir treffen uns um vier.", edits: 1, sent_at: at(180), starred: true }),
    sampleMessage({ own: true, kind: "deleted", text: "", sent_at: at(179) }),
    sampleMessage({ own: true, kind: "timer_change", timer_ms: 7 * 24 * 60 * minute, sent_at: at(175) }),
    sampleMessage({ ...anna_, text: "Das hat mir Emre geschickt.", forwarded: true, sent_at: at(120) }),
    sampleMessage({ ...anna_, text: "😂🎶", sent_at: at(119) }),
    sampleMessage({
      ...bo,
      state: "undecryptable",
      cause: "sender_key_missing",
      readability: "waiting",
      sent_at: at(100),
    }),
    sampleMessage({ ...emre, state: "undecryptable", cause: "not_shared", readability: "no_access", sent_at: at(99) }),
    sampleMessage({ own: true, state: "delivered", text: "Bin gleich da.", sent_at: at(60), expires_at: now + 40_000 }),
    sampleMessage({
      own: true,
      state: "sent",
      text: "Und noch eine im Thread.",
      sent_at: at(59),
      thread: referenceOf(question),
    }),
    sampleMessage({
      ...emre,
      kind: "typed",
      type: "interview.invitation",
      text: "Einladung zum Gespräch: Montag, 10 Uhr",
      sent_at: at(30),
    }),
    sampleMessage({ ...anna_, text: "Bis später!", sent_at: at(4) }),
    sampleMessage({ ...anna_, text: "Ich sitze schon im Café gegenüber.", sent_at: at(3) }),
    sampleMessage({
      own: true,
      seq: 0,
      state: "failed",
      text: "Diese ging nicht.",
      reason: "Too large to be sent.",
      sent_at: at(2),
    }),
    sampleMessage({ own: true, seq: 0, state: "pending", text: "Die hier wartet noch.", sent_at: at(1) }),
    sampleMessage({
      own: true,
      seq: 0,
      state: "pending",
      text: "Guten Morgen!",
      sent_at: now,
      not_before: now + 600 * minute,
    }),
  ];
}

const anna_ = { sender: anna.account, sender_name: anna.name, sender_device: idOf(0xb21) };

/** A long conversation: lines of many lengths, some with Markdown. */
export function manyLines(count: number, now: number): TimelineMessage[] {
  const texts = ["Ja.", "Klingt gut, machen wir so.", "Hast du *das* gelesen? https://example.org/a/b", "👍"];
  const authors = [anna_, bo, emre];
  return Array.from({ length: count }, (_, index) => {
    const own = index % 7 < 2;
    const words = texts[index % texts.length] ?? "";
    const text = index % 11 === 0 ? `${index}: ${"ein längerer Satz, der umbricht, ".repeat(4)}` : `${index} ${words}`;
    return sampleMessage({
      ...(own ? {} : authors[Math.floor(index / 5) % authors.length]),
      own,
      text,
      sent_at: now - (count - index) * 3 * minute,
    });
  });
}
