import { defineConfig } from "vitest/config";

/** A machine that is busy otherwise takes long; no test asserts a time, so patience costs nothing. */
const patienceMs = 180_000;

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: [process.env["SOTTO_SCREENSHOTS"] ? "screenshots.ts" : "*_test.ts"],
    globalSetup: "support/what_is_needed.ts",
    testTimeout: patienceMs,
    hookTimeout: patienceMs,
    pool: "forks",
    fileParallelism: false,
    // Each test goes on where the one before it ended.
    sequence: { shuffle: false },
    bail: 0,
  },
});
