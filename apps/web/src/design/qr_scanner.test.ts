import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CameraScanner } from "./qr_scanner";

const camera = vi.hoisted(() => ({ inSight: "", look: (_time: number) => {} }));

vi.mock("qr/dom.js", () => ({
  QRCamera: class {
    readFrame = async () => camera.inSight;
    stop = () => {};
  },
  QRCanvas: class {},
  frameLoop: (look: (time: number) => void) => {
    camera.look = look;
    return () => {};
  },
}));

const root = createRoot(document.createElement("div"));
const told = vi.fn<(content: string) => void>();
let time = 0;

/** The camera sees `content`, and the page is busy with something else or not. */
async function see(content: string, isPaused = false): Promise<void> {
  camera.inSight = content;
  await act(async () => root.render(createElement(CameraScanner, { onResult: told, isPaused })));
  time += 1_000;
  await act(async () => camera.look(time));
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const stream = { getTracks: () => [] };
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: async () => stream } });
});

afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

test("a code is told once, and one in sight while the page was busy afterwards", async () => {
  await see("first", true);
  expect(told).not.toHaveBeenCalled();
  await see("first");
  await see("first");
  await see("second");
  expect(told.mock.calls).toEqual([["first"], ["second"]]);
});
