// The web lab's page: files that the server sends, none from elsewhere.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const ROOMS = ["app", "viewer"];
const ALONE = ["package-lock.json", "vite.app.config.js", "../src/isotunnel/report/static/viewer.css"];

// Over what the page is made from: tests/web/test_lab_page.py makes the same sum without Node.
function sumOfSources() {
  const made = createHash("sha256");
  const sources = ROOMS.flatMap((room) =>
    readdirSync(`${here}/${room}`, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|css|html)$/.test(name))
      .map((name) => `${room}/${name.replaceAll("\\", "/")}`),
  );
  for (const name of [...sources.sort(), ...ALONE]) {
    made.update(readFileSync(`${here}/${name}`));
  }
  return made.digest("hex");
}

const LICENSED = ["three", "preact", "@observablehq/plot", "d3"];

function licences() {
  return LICENSED.map((name) => {
    const text = readdirSync(`${here}/node_modules/${name}`).find((file) => /^licen[cs]e/i.test(file));
    return `${name}\n\n${readFileSync(`${here}/node_modules/${name}/${text}`, "utf8").trim()}\n`;
  }).join("\n\n");
}

export default defineConfig({
  root: `${here}/app`,
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [
    {
      name: "what-it-is-made-from",
      generateBundle() {
        this.emitFile({ type: "asset", fileName: "sources.sha256", source: `${sumOfSources()}\n` });
        this.emitFile({ type: "asset", fileName: "licences.txt", source: licences() });
      },
    },
  ],
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: "surfaces.js" } } },
  build: {
    outDir: "../../src/isotunnel/web/static",
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765" } },
});
