import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "build/**/*.test.ts"],
    restoreMocks: true,
    // Stylesheets are left out of tests, but for the tokens, whose contrasts are one.
    css: { include: [/tokens\.css/] },
    // Two cores are shared with everything else that a build does.
    maxWorkers: 2,
  },
});
