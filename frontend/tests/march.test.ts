import { expect, test } from "vitest";
import { type Grid, inCell } from "../viewer/grid.ts";
import { determinant, type Matrix } from "../viewer/linear.ts";
import { crossing, type Mesh, march } from "../viewer/march.ts";
import { Forest } from "../viewer/merge.ts";
import { gridOf, layered, noise, SKEW, TOP } from "./fields.ts";

const LEFT_HANDED: Matrix = [SKEW[1], SKEW[0], SKEW[2]];

/** Corners of all triangles of all meshes, as text that is equal for equal places. */
function* triangles(meshes: Mesh[]) {
  for (const mesh of meshes)
    for (const list of mesh.indices)
      for (let t = 0; t < list.length; t += 3)
        yield [0, 1, 2].map((n) => [...mesh.positions.subarray(3 * list[t + n], 3 * list[t + n] + 3)]);
}

const name = (corner: number[]) => corner.map((x) => Math.round(x * 1e4)).join(",");

function openEdges(meshes: Mesh[]): number {
  const edges = new Map<string, number>();
  for (const corners of triangles(meshes))
    corners.forEach((corner, n) => {
      const [a, b] = [name(corner), name(corners[(n + 1) % 3])];
      const [key, way] = a < b ? [`${a} ${b}`, 1] : [`${b} ${a}`, -1];
      edges.set(key, (edges.get(key) ?? 0) + way);
    });
  return [...edges.values()].filter((sum) => sum !== 0).length;
}

function volume(meshes: Mesh[]): number {
  let sum = 0;
  for (const corners of triangles(meshes)) sum += determinant(corners as Matrix) / 6;
  return sum;
}

const CASES: [string, Grid, number][] = [
  ["layered", gridOf(layered, [16, 14, 12]), 3000],
  ["layered, nearly full", gridOf(layered, [16, 14, 12]), 14_000],
  ["noise", gridOf(noise(11), [15, 16, 17]), 8000],
  ["a left-handed cell", gridOf(noise(17), [12, 12, 12], LEFT_HANDED), 7000],
];

test.each(CASES)("skin and caps close: %s", (_, grid, level) => {
  const forest = new Forest(grid);
  const share = grid.values.filter((v) => v <= level).length / grid.values.length;
  const size = Math.abs(determinant(grid.cell));
  const open = march(grid, forest, level, "open");
  const closed = march(grid, forest, level, "closed");
  for (const { skin, caps } of [open, closed]) expect(openEdges([skin, ...caps])).toBe(0);
  const inside = volume([open.skin, ...open.caps]);
  expect(inside / size).toBeCloseTo(share, 1);
  expect(inside + volume([closed.skin, ...closed.caps])).toBeCloseTo(size, 3);
});

test.each(CASES)("normals lean the way the triangles face: %s", (_, grid, level) => {
  const { skin, caps } = march(grid, new Forest(grid), level, "open");
  for (const mesh of [skin, ...caps]) {
    let [with_, against] = [0, 0];
    for (const list of mesh.indices)
      for (let t = 0; t < list.length; t += 3) {
        const at = (n: number) => mesh.positions.subarray(3 * list[t + n], 3 * list[t + n] + 3);
        const [a, b, c] = [at(0), at(1), at(2)];
        const normal = mesh.normals.subarray(3 * list[t], 3 * list[t] + 3);
        const rows = [b.map((x, k) => x - a[k]), c.map((x, k) => x - a[k]), normal].map((r) => [...r]);
        if (determinant(rows as Matrix) >= 0) with_++;
        else against++;
      }
    expect(against).toBeLessThanOrEqual(0.02 * with_);
  }
});

test("nothing and everything are drawn as such", () => {
  const grid = gridOf(layered, [8, 8, 8]);
  const forest = new Forest(grid);
  const all = march(grid, forest, TOP, "open");
  expect(all.skin.positions.length).toBe(0);
  expect(volume(all.caps)).toBeCloseTo(determinant(SKEW), 4);
  expect(march(grid, forest, -1, "open").caps.every((cap) => cap.positions.length === 0)).toBe(true);
});

test("a plane is found where it is, whatever the level", () => {
  for (let level = 100; level < 900; level += 77) {
    expect(crossing(-1000, 0, 1000, 2000, level)).toBeCloseTo(level / 1000, 9);
    const square = (t: number) => 1000 * (t + 1) ** 2;
    const t = crossing(square(-1), square(0), square(1), square(2), 1000 + 3 * level);
    expect(Math.abs(square(t) - 1000 - 3 * level)).toBeLessThan(3);
  }
});

test("a supercell holds the same share, and the same networks", () => {
  const grid = gridOf(layered, [12, 12, 12]);
  const twice = inCell(
    grid,
    [
      [1, 1, 0],
      [-1, 1, 0],
      [0, 0, 1],
    ],
    TOP,
  );
  expect(determinant(twice.cell)).toBeCloseTo(2 * determinant(grid.cell), 9);
  const share = (g: Grid) => g.values.filter((v) => v <= 6000).length / g.values.length;
  expect(share(twice)).toBeCloseTo(share(grid), 1);
  new Forest(twice).thresholds.forEach((value, n) => {
    expect(Math.abs(value - new Forest(grid).thresholds[n])).toBeLessThan(0.02 * TOP);
  });
});
