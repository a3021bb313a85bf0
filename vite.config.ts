import { svelte } from "@sveltejs/vite-plugin-svelte";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

// `--mode fake` builds the same window on a world in memory, for the browser tests and for work on the look.
export default defineConfig(({ mode }) => ({
  root: "ui",
  plugins: [svelte({ configFile: "../svelte.config.js" }), tailwindcss()],
  clearScreen: false,
  build: {
    outDir: mode === "fake" ? "dist-fake" : "../dist",
    emptyOutDir: true,
    target: ["es2022", "safari16", "chrome110"],
    // The content policy allows fonts and pictures from the program alone, not from data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The desk's page, and that of a viewer: two windows that share words and look, and nothing that may be asked.
    rolldownOptions: { input: ["ui/index.html", "ui/viewer.html"] },
  },
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  test: { include: ["**/*.test.ts"], environment: "node", css: true },
}));
