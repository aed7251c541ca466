// A periodic scalar field on a grid, and the same field in another cell.

import { determinant, inverse, lengthOf, type Matrix, multiply, type Triple } from "./linear.ts";

/**
 * Whole numbers from 0 to `top` on the points (i/n1) a1 + (j/n2) a2 + (k/n3) a3, k running fastest. The open
 * region at level `k` is where the value is at most k; a surface is drawn between k and k + 1, and so never
 * passes through a grid point.
 */
export interface Grid {
  shape: Triple;
  values: Uint16Array;
  cell: Matrix;
}

/** Most grid points that a cell is drawn with. */
const MOST_POINTS = 420_000;

/**
 * The field in the cell whose rows are `transform` times the lattice vectors: a supercell, or a smaller cell
 * that the field repeats with. Values between grid points are those of Catmull-Rom cubics.
 */
export function inCell(grid: Grid, transform: Matrix, top: number): Grid {
  if (isIdentity(transform)) return grid;
  const cell = multiply(transform, grid.cell);
  const shape = shapeFor(grid, cell);
  const values = new Uint16Array(shape[0] * shape[1] * shape[2]);
  const sample = sampler(grid);
  let at = 0;
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++) {
        const [x, y, z] = rowTimes([i / shape[0], j / shape[1], k / shape[2]], transform);
        values[at++] = Math.max(0, Math.min(top, Math.round(sample(x, y, z))));
      }
  return { shape, values, cell };
}

export function isIdentity(m: Matrix): boolean {
  return m.every((row, i) => row.every((x, k) => Math.abs(x - (i === k ? 1 : 0)) < 1e-9));
}

export function rowTimes(v: Triple, m: Matrix): Triple {
  const along = (k: 0 | 1 | 2) => v[0] * m[0][k] + v[1] * m[1][k] + v[2] * m[2][k];
  return [along(0), along(1), along(2)];
}

/** A position in the given cell, in fractions of the cell that `transform` makes of it. */
export function toNewCell(position: Triple, transform: Matrix): Triple {
  return rowTimes(position, inverse(transform));
}

function shapeFor(grid: Grid, cell: Matrix): Triple {
  const points = grid.shape[0] * grid.shape[1] * grid.shape[2];
  const volume = Math.abs(determinant(cell) / determinant(grid.cell));
  const coarser = Math.max(1, ((points * volume) / MOST_POINTS) ** (1 / 3));
  const spacing =
    (coarser *
      (lengthOf(grid.cell[0]) / grid.shape[0] +
        lengthOf(grid.cell[1]) / grid.shape[1] +
        lengthOf(grid.cell[2]) / grid.shape[2])) /
    3;
  const shape = cell.map((row) => Math.max(8, Math.round(lengthOf(row) / spacing))) as Triple;
  const excess = ((shape[0] * shape[1] * shape[2]) / MOST_POINTS) ** (1 / 3);
  return excess > 1 ? (shape.map((n) => Math.max(8, Math.floor(n / excess))) as Triple) : shape;
}

/** The field at fractional coordinates of its cell. */
function sampler({ shape, values }: Grid): (x: number, y: number, z: number) => number {
  const [n1, n2, n3] = shape;
  const weights = [new Float64Array(4), new Float64Array(4), new Float64Array(4)] as const;
  const places = [new Int32Array(4), new Int32Array(4), new Int32Array(4)] as const;
  return (x, y, z) => {
    place(x * n1, n1, weights[0], places[0]);
    place(y * n2, n2, weights[1], places[1]);
    place(z * n3, n3, weights[2], places[2]);
    let sum = 0;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) {
        const row = (places[0][i] * n2 + places[1][j]) * n3;
        let along = 0;
        for (let k = 0; k < 4; k++) along += weights[2][k] * values[row + places[2][k]];
        sum += weights[0][i] * weights[1][j] * along;
      }
    return sum;
  };
}

/** The four grid points around a coordinate, and their Catmull-Rom weights. */
function place(x: number, n: number, weights: Float64Array, places: Int32Array) {
  const base = Math.floor(x + 1e-9);
  const t = Math.max(0, x - base);
  weights[0] = ((-t + 2) * t - 1) * t * 0.5;
  weights[1] = ((3 * t - 5) * t * t + 2) * 0.5;
  weights[2] = ((-3 * t + 4) * t + 1) * t * 0.5;
  weights[3] = (t - 1) * t * t * 0.5;
  for (let i = 0; i < 4; i++) places[i] = (((base + i - 1) % n) + n) % n;
}
