// One file per program, with everything inside, so that a page that loads nothing can hold it.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));

// Over what the bundle is made from: tests/browser/test_bundle.py makes the same sum without Node.
function sumOfSources() {
  const made = createHash("sha256");
  const inside = readdirSync(`${here}/viewer`, { recursive: true, encoding: "utf8" });
  const sources = inside
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `viewer/${name.replaceAll("\\", "/")}`);
  for (const name of [...sources.sort(), "vite.config.js"]) made.update(readFileSync(`${here}/${name}`));
  const { dependencies, devDependencies } = JSON.parse(readFileSync(`${here}/package.json`, "utf8"));
  made.update(`three ${dependencies.three}, vite ${devDependencies.vite}`);
  return made.digest("hex");
}

function banner() {
  const licence = readFileSync(`${here}/node_modules/three/LICENSE`, "utf8").trim();
  const version = JSON.parse(readFileSync(`${here}/node_modules/three/package.json`, "utf8")).version;
  const lines = [
    `Isotunnel viewer, MIT licence. Made by "make frontend" from sources with sha256 ${sumOfSources()}`,
    `Contains three.js ${version}:`,
    ...licence.split("\n"),
  ];
  return `/*! ${lines.join("\n * ")}\n */\n`;
}

export default defineConfig({
  root: here,
  // A closing script tag inside the bundle would end the page's script element.
  plugins: [
    {
      name: "one-element",
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          const code = chunk.code.replaceAll(/<\/(script)/gi, "<\\/$1").trimEnd();
          chunk.code = `${banner()}${code}\n`;
        }
      },
    },
  ],
  build: {
    outDir: "../src/isotunnel/report/static",
    emptyOutDir: false,
    target: "es2022",
    reportCompressedSize: false,
    lib: { entry: "viewer/report.ts", formats: ["iife"], name: "isotunnel", fileName: () => "viewer.min.js" },
  },
});
