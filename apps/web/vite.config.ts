import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { keepLanguages } from "./build/keep_languages.ts";
import { nameAtFirst } from "./build/name_at_first.ts";
import { precompress } from "./build/precompress.ts";
import { reportSizes } from "./build/report_sizes.ts";
import { offline } from "./offline_plugin.ts";

const appToDraw = "src/app/draw.tsx";

/** What opens the home, which takes longest, before anything else is there. */
const neededToBegin = new RegExp(
  [
    "vite/preload-helper",
    "/packages/client/src/",
    "/index.html$",
    "/src/app/main.ts$",
    "/src/app/start_up/(?:start_of_page|start_up_model|open_engine|browser_check|known_account|idle)",
    "/src/offline/install.ts$",
    "/src/design/(?:tokens|base).css$",
  ].join("|"),
);

/** The server that development speaks to. */
const server = process.env["SOTTO_SERVER"] ?? "http://127.0.0.1:7380";

/** To the server a proxied request comes from its own page: in development the page's origin is not on its list. */
const asItsOwn = { target: server, changeOrigin: true, headers: { origin: new URL(server).origin } };

export default defineConfig({
  plugins: [
    react(),
    keepLanguages(["en-US", "de-DE"]),
    nameAtFirst(appToDraw),
    offline(),
    reportSizes(),
    precompress(),
  ],
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
    rolldownOptions: {
      input: { index: "index.html", draw: appToDraw },
      // Few pieces, because on a slow network each further request costs a round trip; yet not one, because what is
      // evaluated in one piece keeps a slow device from answering for so long.
      output: {
        codeSplitting: {
          groups: [
            { name: "begin", test: neededToBegin, tags: ["$initial"], priority: 3 },
            { name: "react", test: /[\\/]node_modules[\\/](?:react|react-dom|scheduler)[\\/]/, priority: 2 },
            { name: "first", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
});
