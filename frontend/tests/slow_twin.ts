// The rank of one network by walking it: obvious, and slow.

import type { Grid } from "../viewer/grid.ts";
import type { Triple } from "../viewer/linear.ts";
import { STEPS } from "../viewer/merge.ts";

export function rankOf(grid: Grid, start: number, level: number): number {
  const { shape, values } = grid;
  const [, n2, n3] = shape;
  const seen = new Map<number, Triple>();
  const windings = new Map<string, Triple>();
  const queue: [number, Triple][] = [[start, [0, 0, 0]]];
  while (queue.length) {
    const [point, cell] = queue.pop()!;
    const known = seen.get(point);
    if (known) {
      const winding: Triple = [cell[0] - known[0], cell[1] - known[1], cell[2] - known[2]];
      windings.set(String(winding), winding);
      continue;
    }
    seen.set(point, cell);
    const at = [Math.floor(point / (n2 * n3)), Math.floor(point / n3) % n2, point % n3];
    for (const step of STEPS)
      for (const sign of [1, -1]) {
        const moved = at.map((x, k) => x + sign * step[k]);
        const wrapped = moved.map((x, k) => (x + shape[k]) % shape[k]);
        const there = cell.map((x, k) => x + (moved[k] - wrapped[k]) / shape[k]) as Triple;
        const other = (wrapped[0] * n2 + wrapped[1]) * n3 + wrapped[2];
        if (values[other] <= level) queue.push([other, there]);
      }
  }
  return rank([...windings.values()]);
}

function rank(rows: Triple[]): number {
  const left = rows.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < 3; column++) {
    const pivot = left.findIndex((row, i) => i >= found && Math.abs(row[column]) > 1e-9);
    if (pivot < 0) continue;
    [left[found], left[pivot]] = [left[pivot], left[found]];
    for (let i = found + 1; i < left.length; i++) {
      const share = left[i][column] / left[found][column];
      left[i] = left[i].map((x, k) => x - share * left[found][k]);
    }
    found++;
  }
  return found;
}
