import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { keepLanguages } from "./build/keep_languages.ts";
import { precompress } from "./build/precompress.ts";
import { reportSizes } from "./build/report_sizes.ts";
import { offline } from "./offline_plugin.ts";

/** The server that development speaks to. */
const server = process.env["SOTTO_SERVER"] ?? "http://127.0.0.1:7380";

/** To the server a proxied request comes from its own page: in development the page's origin is not on its list. */
const asItsOwn = { target: server, changeOrigin: true, headers: { origin: new URL(server).origin } };

export default defineConfig({
  plugins: [react(), keepLanguages(["en-US", "de-DE"]), offline(), reportSizes(), precompress()],
  server: {
    proxy: {
      "/api": { ...asItsOwn, ws: true },
      "/transparency": asItsOwn,
    },
  },
  worker: { format: "es" },
  build: {
    target: "es2023",
    // A data: address would need an exception in the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What is needed at first comes in one piece: on a slow network each further request costs a round trip.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
});
