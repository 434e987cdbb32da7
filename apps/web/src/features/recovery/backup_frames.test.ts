import { describe, expect, it } from "vitest";
import { FrameCollector, framesInText } from "./backup_frames";
import { fromBase64, toBase64 } from "./octets";

async function digest(octets: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(octets)));
}

async function framesOf(whole: Uint8Array, share: number): Promise<string[]> {
  const total = Math.ceil(whole.length / share);
  const name = (await digest(whole)).subarray(0, 4);
  const frames: string[] = [];
  for (let number = 1; number <= total; number += 1) {
    const part = whole.subarray((number - 1) * share, number * share);
    const checked = Uint8Array.from([...name, 0, number, 0, total, ...part]);
    const octets = Uint8Array.from([...checked, ...(await digest(checked)).subarray(0, 4)]);
    frames.push(`sotto-backup:${toBase64(octets).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`);
  }
  return frames;
}

const whole = Uint8Array.from({ length: 1000 }, (_, index) => (index * 37) % 256);

describe("an offline backup in QR codes", () => {
  it("comes together in any order, with repeats", async () => {
    const frames = await framesOf(whole, 180);
    const collector = new FrameCollector();
    for (const frame of [...frames].reverse()) expect(await collector.add(frame)).toBe("added");
    expect(await collector.add(frames[0] ?? "")).toBe("repeated");
    expect([collector.held, collector.needed]).toEqual([6, 6]);
    expect(await collector.whole()).toEqual(whole);
  });

  it("is not whole while a code is missing", async () => {
    const frames = await framesOf(whole, 180);
    const collector = new FrameCollector();
    for (const frame of frames.slice(1)) await collector.add(frame);
    expect(collector.held).toBe(5);
    expect(await collector.whole()).toBeNull();
  });

  it("refuses misread codes, other texts and codes of another backup, and keeps what it has", async () => {
    const [first = "", second = ""] = await framesOf(whole, 600);
    const [foreign = ""] = await framesOf(whole.subarray(1), 600);
    const collector = new FrameCollector();
    await collector.add(first);
    expect(await collector.add(`${second.slice(0, 40)}A${second.slice(41)}`)).toBe("damaged");
    expect(await collector.add("https://example.org")).toBe("not_a_frame");
    expect(await collector.add(foreign)).toBe("other_backup");
    expect(await collector.add(second)).toBe("added");
    expect(await collector.whole()).toEqual(whole);
  });

  it("is found in a text file, one code a line", () => {
    expect(framesInText("one\nsotto-backup:abc\r\nsotto-backup:def\n")).toEqual([
      "sotto-backup:abc",
      "sotto-backup:def",
    ]);
  });

  it("keeps its octets on the way to the engine", () => {
    expect(fromBase64(toBase64(whole))).toEqual(whole);
  });
});
