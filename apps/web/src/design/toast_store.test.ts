import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dismissToast, holdToasts, shownToasts, showToast } from "./toast_store";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const toast of shownToasts()) dismissToast(toast.id);
  vi.useRealTimers();
});

const texts = () => shownToasts().map((toast) => toast.text);

describe("toasts", () => {
  it("go by themselves, those with something to do later", () => {
    showToast({ text: "Saved" });
    showToast({ text: "Archived", action: { label: "Undo", onPress: () => undefined } });
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual(["Archived"]);
    vi.advanceTimersByTime(7_000);
    expect(texts()).toEqual([]);
  });

  it("stay while somebody is at them", () => {
    showToast({ text: "Saved" });
    holdToasts(true);
    vi.advanceTimersByTime(60_000);
    expect(texts()).toEqual(["Saved"]);
    holdToasts(false);
    vi.advanceTimersByTime(6_000);
    expect(texts()).toEqual([]);
  });

  it("are at most three, and the same words stand there once", () => {
    for (const text of ["1", "2", "3", "4", "4"]) showToast({ text });
    expect(texts()).toEqual(["2", "3", "4"]);
  });
});
