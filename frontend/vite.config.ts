/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { budget } from "./build/budget.ts";
import { compressed } from "./build/compressed.ts";
import { licences } from "./build/licences.ts";
import { preloads } from "./build/preloads.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../src/beredt/web/static"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0, // the content security policy knows no data: fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: [here("index.html"), here("live.html")] },
  },
  plugins: [
    licences({ "Inter (SIL Open Font License 1.1)": here("../src/beredt/report/fonts/OFL.txt") }),
    preloads({ "/index.html": "src/map/StudyMap.tsx" }),
    budget(900),
    compressed(),
  ],
  server: { proxy: { "/api": "http://127.0.0.1:8770" }, fs: { allow: [here("..")] } },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } } }, // report.css
    isolate: false, // one page for all files: making it anew for each takes ten times as long as the tests
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
  },
});
