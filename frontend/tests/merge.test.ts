import { expect, test } from "vitest";
import { Forest } from "../viewer/merge.ts";
import { gridOf, layered, levelOf, noise, SKEW } from "./fields.ts";
import { rankOf } from "./slow_twin.ts";

test("wires, sheets and a network appear where the field says", () => {
  const forest = new Forest(gridOf(layered, [24, 24, 24], SKEW));
  [-2.6, -1.4, 0.8].forEach((value, n) => {
    expect(Math.abs(forest.thresholds[n] - levelOf(value))).toBeLessThan(2);
  });
});

test("a network turned across the axes is of rank one", () => {
  const oblique = gridOf(
    (x, y, z) => -Math.cos(2 * Math.PI * (x + y)) - Math.cos(2 * Math.PI * (x + z)),
    [16, 16, 16],
  );
  const forest = new Forest(oblique);
  // The wires run along (1, -1, -1), which is no edge of a tetrahedron.
  expect(forest.thresholds[0]).toBeLessThan(500);
  expect(forest.thresholds[1]).toBeGreaterThan(6000);
});

test.each([3, 5, 8, 13, 21])("every network has the rank that a flood finds, field %i", (seed) => {
  const grid = gridOf(noise(seed), [7, 6, 8]);
  const forest = new Forest(grid);
  const seen = new Set<number>();
  for (let level = 500; level < 16_000; level += 2300) {
    const points = [...grid.values.keys()].filter((point) => grid.values[point] <= level && point % 11 === 0);
    const ranks = points.map((point) => forest.rankAt(point, level));
    expect(ranks).toEqual(points.map((point) => rankOf(grid, point, level)));
    for (const rank of ranks) seen.add(rank);
  }
  expect(seen.size).toBeGreaterThan(1);
});

test("at a threshold the rank is there, one value before it is not", () => {
  const grid = gridOf(noise(4), [12, 12, 12]);
  const forest = new Forest(grid);
  const most = (level: number) =>
    Math.max(
      0,
      ...[...grid.values.keys()].filter((p) => grid.values[p] <= level).map((p) => forest.rankAt(p, level)),
    );
  forest.thresholds.forEach((value, n) => {
    expect(most(value)).toBeGreaterThan(n);
    expect(most(value - 1)).toBeLessThanOrEqual(n);
  });
});
