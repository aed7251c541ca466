// How long surfaces take to make, without a page: MEASURE=1 npx vitest run tests/measure_march.test.ts
//
// Prints wall and processor time per level, in ms, of a field with many waves and so with large surfaces.
// Asserts nothing of time: a busy machine is slow.

import { expect, test } from "vitest";
import { march } from "../viewer/march.ts";
import { Forest } from "../viewer/merge.ts";
import { noise, SKEW, TOP } from "./fields.ts";

declare const process: {
  env: Record<string, string | undefined>;
  cpuUsage(since?: { user: number; system: number }): { user: number; system: number };
};

const LEVELS = 12;

function grid(n: number) {
  const f = noise(7);
  const raw = new Float32Array(n ** 3);
  let at = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) {
        const value = f(i / n, j / n, k / n);
        raw[at++] = value;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  const values = Uint16Array.from(raw, (value) => Math.round((TOP * (value - low)) / (high - low)));
  return { shape: [n, n, n] as [number, number, number], cell: SKEW, values };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

test.skipIf(!process.env.MEASURE).each([64, 128])(
  "surfaces on a grid of %i points a side",
  { timeout: 600_000 },
  (n) => {
    const field = grid(n);
    const begun = performance.now();
    const forest = new Forest(field);
    const once = performance.now() - begun;
    const wall: number[] = [];
    const cpu: number[] = [];
    let most = 0;
    for (let step = 1; step <= LEVELS; step++) {
      const [from, used] = [performance.now(), process.cpuUsage()];
      const mesh = march(field, forest, (TOP * step) / (LEVELS + 1), "open");
      wall.push(performance.now() - from);
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / 1000);
      most = Math.max(
        most,
        mesh.skin.indices.reduce((sum, list) => sum + list.length / 3, 0),
      );
    }
    console.log(
      `${n}^3: networks once ${once.toFixed(0)} ms; a level ${median(wall).toFixed(0)} ms, ` +
        `processor ${median(cpu).toFixed(0)} ms, slowest ${Math.max(...wall).toFixed(0)} ms, ` +
        `up to ${most} triangles`,
    );
    expect(most).toBeGreaterThan(0);
  },
);
