// The 3D view of a report or a notebook. Everything it shows stands in the page itself; nothing is fetched.

import { readDescription, readGrid } from "./decode.ts";
import type { Scale } from "./scale.ts";
import { FieldSource } from "./source.ts";
import type { FieldDescription } from "./types.ts";
import { Viewer } from "./viewer.ts";

async function start(holder: HTMLElement): Promise<void> {
  const description = readDescription();
  const { cell, title, fields, top } = description;
  if (!cell) throw new Error("no cell");
  const structure = { ...description, cell };
  const surfaces = async (field: FieldDescription, scale: Scale) =>
    new FieldSource(await readGrid(field), scale, top);
  await new Viewer({ title, structure, fields, surfaces }, holder).start();
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
