// Undoes the packing of scene/encode.py: inflate, byte planes, differences.

import type { Grid } from "./grid.ts";
import type { FieldDescription, SceneDescription } from "./types.ts";

const textOf = (id: string) => document.getElementById(id)?.textContent ?? "";

export function readDescription(): SceneDescription {
  return JSON.parse(textOf("scene"));
}

export async function readGrid(field: FieldDescription): Promise<Grid> {
  const bytes = await inflate(textOf(`field-${field.id}`));
  return { shape: field.shape, cell: field.cell, values: decodeValues(bytes) };
}

function inflate(base64: string): Promise<Uint8Array> {
  return inflated(Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0)));
}

/** Undoes the deflating of packed values. */
export async function inflated(packed: BlobPart): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Differences of neighbours, modulo 2^16: first all their low bytes, then all their high ones. */
export function decodeValues(bytes: Uint8Array): Uint16Array {
  const count = bytes.length / 2;
  const values = new Uint16Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum = (sum + bytes[i] + 256 * bytes[count + i]) & 0xffff;
    values[i] = sum;
  }
  return values;
}
