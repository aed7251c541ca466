// The 3D view of a report or a notebook. Everything it shows stands in the page itself; nothing is fetched.

import { readDescription, readGrid } from "./decode.ts";
import { Viewer } from "./viewer.ts";

async function start(holder: HTMLElement): Promise<void> {
  const description = readDescription();
  const { cell, title, fields, top } = description;
  if (!cell) throw new Error("no cell");
  const structure = { ...description, cell };
  await new Viewer({ title, structure, fields, top, grid: readGrid }, holder).start();
  document.documentElement.dataset.viewer = "ready";
}

function fail(error: unknown) {
  document.documentElement.dataset.viewer = "failed";
  for (const [id, hidden] of [
    ["viewer-fallback", false],
    ["viewer", true],
  ] as const) {
    const part = document.getElementById(id);
    if (part) part.hidden = hidden;
  }
  console.warn(`The 3D view could not start: ${error instanceof Error ? error.message : error}`);
}

const holder = document.getElementById("viewer");
if (holder) start(holder).catch(fail);
