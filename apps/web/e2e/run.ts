// Runs the tests in a browser; with --screenshots, takes pictures of the main screens instead. What else is given goes
// to Vitest: the name of a test file, or -t and a pattern.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const given = process.argv.slice(2);
const takesPictures = given.includes("--screenshots");
const config = fileURLToPath(new URL("vitest.config.ts", import.meta.url));
const words = ["vitest", "run", "--config", config, ...given.filter((word) => word !== "--screenshots")];
const env = takesPictures ? { ...process.env, SOTTO_SCREENSHOTS: "yes" } : process.env;
spawn("npx", words, { stdio: "inherit", env }).once("exit", (code) => {
  process.exitCode = code ?? 1;
});
