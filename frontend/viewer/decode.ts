// Undoes the packing of scene/encode.py: inflate, byte planes, differences, octahedral normals.

import type { Matrix, SceneDescription } from "./types.ts";

export interface SurfaceMesh {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint16Array | Uint32Array;
}

const textOf = (id: string) => document.getElementById(id)?.textContent ?? "";

export function readDescription(): SceneDescription {
  return JSON.parse(textOf("scene"));
}

export async function inflate(id: string): Promise<Uint8Array> {
  const text = atob(textOf(`mesh-${id}`).trim());
  const packed = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// One level: positions in angstrom, normals, indices ordered by rank.
export function decodeSurface(
  bytes: Uint8Array,
  level: { vertices: number; triangles: number[]; offset: number },
  cell: Matrix,
  steps: number,
): SurfaceMesh {
  const count = level.vertices;
  const corners = 3 * level.triangles.reduce((sum, n) => sum + n, 0);
  const at = level.offset;
  const fractional = [0, 1, 2].map((axis) => column(bytes, at + 2 * count * axis, count, steps));
  const positions = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] =
        fractional[0][i] * cell[0][k] + fractional[1][i] * cell[1][k] + fractional[2][i] * cell[2][k];
    }
  }
  const normals = octahedral(bytes, at + 6 * count, count);
  const wide = count >= 65536;
  const indices = triangles(bytes, at + 8 * count, corners, wide ? 4 : 2);
  return { positions, normals, indices };
}

function column(bytes: Uint8Array, at: number, count: number, steps: number) {
  const values = new Float32Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum = (sum + bytes[at + i] + 256 * bytes[at + count + i]) & 0xffff;
    values[i] = sum / steps;
  }
  return values;
}

function octahedral(bytes: Uint8Array, at: number, count: number) {
  const normals = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    let x = bytes[at + i] / 127 - 1;
    let y = bytes[at + count + i] / 127 - 1;
    const z = 1 - Math.abs(x) - Math.abs(y);
    const fold = Math.max(-z, 0);
    x -= x >= 0 ? fold : -fold;
    y -= y >= 0 ? fold : -fold;
    const length = Math.hypot(x, y, z);
    normals.set([x / length, y / length, z / length], 3 * i);
  }
  return normals;
}

function triangles(bytes: Uint8Array, at: number, corners: number, width: number) {
  const indices = width === 4 ? new Uint32Array(corners) : new Uint16Array(corners);
  let next = 0;
  for (let i = 0; i < corners; i++) {
    let code = 0;
    for (let byte = width - 1; byte >= 0; byte--) code = code * 256 + bytes[at + byte * corners + i];
    indices[i] = next - code;
    if (code === 0) next++;
  }
  return indices;
}
