import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "build/**/*.test.ts"],
    restoreMocks: true,
    // Two cores are shared with everything else that a build does.
    maxWorkers: 2,
  },
});
