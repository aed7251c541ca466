// The surface of the open region in one cell by marching tetrahedra, and the faces at which the cell cuts it.
//
// Each cube of the grid is six tetrahedra (Kuhn's), in which the field is taken as linear: the surface has no
// ambiguous cases, is closed, and connects just what merge.ts says. Where it crosses an edge is found on a
// cubic along that edge, which moves vertices on their edges only.

import { Floats, Whole } from "./arrays.ts";
import type { Grid } from "./grid.ts";
import { determinant, inverse, type Matrix, type Triple } from "./linear.ts";
import { type Forest, STEPS } from "./merge.ts";

/** Triangles with shared vertices, in angstrom; `indices` has one list per rank 0, 1, 2, 3. */
export interface Mesh {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint32Array[];
}

export interface SurfaceMesh {
  /** The surface itself, facing out of the open region. */
  skin: Mesh;
  /** The region's cut faces: a = 0, a = 1, b = 0, b = 1, c = 0, c = 1. */
  caps: Mesh[];
}

export type Region = "open" | "closed";

/** Corners of a cube are numbered by their bits: 1 along a, 2 along b, 4 along c. */
const TETRAHEDRA = [
  [0, 1, 3, 7],
  [0, 1, 5, 7],
  [0, 2, 3, 7],
  [0, 2, 6, 7],
  [0, 4, 5, 7],
  [0, 4, 6, 7],
];
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((c): Triple => [c & 1, (c >> 1) & 1, c >> 2]);
const STEP_OF_BITS = [-1, 0, 1, 3, 2, 4, 5, 6];

/** Numbers per triangle of a case: the inside corner that it belongs to, then three edges as (from, step). */
const WIDTH = 7;

/** For each choice of a cube's inside corners, as bits: its triangles, WIDTH numbers each. */
const CASES = Array.from({ length: 256 }, (_, mask) =>
  Uint8Array.from(TETRAHEDRA.flatMap((corners) => trianglesIn(corners, mask))),
);

function trianglesIn(corners: number[], cube: number): number[] {
  const mask = corners.reduce((sum, corner, i) => sum | (((cube >> corner) & 1) << i), 0);
  const edges = casesOf(corners, mask);
  const owner = corners.find((corner) => (cube >> corner) & 1) ?? 0;
  const triangles: number[] = [];
  for (let e = 0; e < edges.length; e += 3)
    triangles.push(owner, ...edges.slice(e, e + 3).flatMap(({ from, step }) => [from, step]));
  return triangles;
}

function casesOf(corners: number[], mask: number): { from: number; step: number }[] {
  const inside = corners.filter((_, i) => mask & (1 << i));
  const outside = corners.filter((_, i) => !(mask & (1 << i)));
  if (!inside.length || !outside.length) return [];
  const edge = (a: number, b: number) => [Math.min(a, b), Math.max(a, b)] as const;
  const [p, q, r] = inside;
  const [s, t, u] = outside;
  const triangles =
    inside.length === 1
      ? [[edge(p, s), edge(p, t), edge(p, u)]]
      : inside.length === 3
        ? [[edge(p, s), edge(q, s), edge(r, s)]]
        : [
            [edge(p, s), edge(p, t), edge(q, t)],
            [edge(p, s), edge(q, t), edge(q, s)],
          ];
  return triangles
    .flatMap((three) => (facesOut(three, inside[0]) ? three : [three[0], three[2], three[1]]))
    .map(([from, to]) => ({ from, step: STEP_OF_BITS[from ^ to] }));
}

/** Whether a triangle between edges' middles is counter-clockwise seen from the side away from a corner. */
function facesOut(edges: (readonly [number, number])[], inside: number): boolean {
  const [a, b, c] = edges.map(([from, to]) =>
    CORNERS[from].map((x, k) => (x + CORNERS[to][k]) / 2),
  ) as Matrix;
  const to = (v: Triple): Triple => [v[0] - a[0], v[1] - a[1], v[2] - a[2]];
  return determinant([to(b), to(c), to(CORNERS[inside])]) < 0;
}

export function march(grid: Grid, forest: Forest, level: number, region: Region): SurfaceMesh {
  const marcher = new Marcher(grid, forest, level, region);
  return { skin: marcher.skin(), caps: [0, 1, 2, 3, 4, 5].map((face) => marcher.cap(face >> 1, face & 1)) };
}

class Marcher {
  private readonly inside: Uint8Array;
  private readonly ranks: Uint8Array;
  private readonly slopes: Matrix;
  private readonly flip: boolean;
  /** Where a coordinate from -1 to two beyond the cell's end stands in the values, its image in the cell taken. */
  private readonly starts: readonly [Int32Array, Int32Array, Int32Array];
  private readonly slope = new Float64Array(6);

  constructor(
    private readonly grid: Grid,
    private readonly forest: Forest,
    private readonly level: number,
    private readonly region: Region,
  ) {
    const { shape, values } = grid;
    this.inside = new Uint8Array(values.length);
    for (let at = 0; at < values.length; at++) this.inside[at] = values[at] <= level ? 1 : 0;
    this.ranks = new Uint8Array(values.length).fill(255);
    const [n1, n2, n3] = shape;
    this.starts = [startsOf(n1, n2 * n3), startsOf(n2, n3), startsOf(n3, 1)];
    // From differences between grid points to the Cartesian gradient.
    const back = inverse(grid.cell);
    this.slopes = back.map((row) => row.map((x, k) => x * shape[k])) as Matrix;
    this.flip = determinant(grid.cell) < 0 !== (region === "closed");
  }

  skin(): Mesh {
    const { inside } = this;
    const [n1, n2, n3] = this.grid.shape;
    const [rows, lines, points] = this.starts;
    const [m2, m3] = [n2 + 1, n3 + 1];
    const vertices = new Int32Array((n1 + 1) * m2 * m3 * 7).fill(-1);
    const positions = new Floats();
    const normals = new Floats();
    const indices = [new Whole(), new Whole(), new Whole(), new Whole()];
    const order = this.flip ? FLIPPED : STRAIGHT;
    for (let i = 0; i < n1; i++)
      for (let j = 0; j < n2; j++) {
        const near = rows[i + 1] + lines[j + 1];
        const along = rows[i + 2] + lines[j + 1];
        const across = rows[i + 1] + lines[j + 2];
        const both = rows[i + 2] + lines[j + 2];
        let after = inside[near] | (inside[along] << 1) | (inside[across] << 2) | (inside[both] << 3);
        for (let k = 0; k < n3; k++) {
          const next = points[k + 2];
          const before = after;
          after =
            inside[near + next] |
            (inside[along + next] << 1) |
            (inside[across + next] << 2) |
            (inside[both + next] << 3);
          const triangles = CASES[before | (after << 4)];
          for (let t = 0; t < triangles.length; t += WIDTH) {
            const owner = triangles[t];
            const base = owner & 2 ? (owner & 1 ? both : across) : owner & 1 ? along : near;
            const list = indices[this.rank(base + points[k + 1 + (owner >> 2)])];
            for (let e = 0; e < 3; e++) {
              const at = t + 1 + 2 * order[e];
              const from = triangles[at];
              const step = triangles[at + 1];
              const [x, y, z] = [i + (from & 1), j + ((from >> 1) & 1), k + (from >> 2)];
              const name = ((x * m2 + y) * m3 + z) * 7 + step;
              if (vertices[name] < 0) {
                vertices[name] = positions.length / 3;
                this.cross(x, y, z, step, positions, normals);
              }
              list.push(vertices[name]);
            }
          }
        }
      }
    return { positions: positions.done(), normals: normals.done(), indices: indices.map((l) => l.done()) };
  }

  /** The face of the cell at the start (`end` 0) or end (1) of an axis, where the region meets it. */
  cap(axis: number, end: number): Mesh {
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
    const { shape } = this.grid;
    const [nu, nv] = [shape[u], shape[v]];
    const positions = new Floats();
    const indices = [new Whole(), new Whole(), new Whole(), new Whole()];
    const vertices = new Map<number, number>();
    const point: Triple = [0, 0, 0];
    point[axis] = end * shape[axis];
    const vertex = (i: number, j: number, step: number) => {
      const name = (i * (nv + 1) + j) * 8 + step;
      let known = vertices.get(name);
      if (known === undefined) {
        known = positions.length / 3;
        vertices.set(name, known);
        point[u] = i;
        point[v] = j;
        if (step === 7) this.place(point[0], point[1], point[2], positions);
        else this.cross(point[0], point[1], point[2], step, positions, null);
      }
      return known;
    };
    const isIn = (i: number, j: number) => {
      point[u] = i;
      point[v] = j;
      return this.isIn(this.index(point[0], point[1], point[2]));
    };
    const turned = (end === 0) !== determinant(this.grid.cell) < 0;
    for (let i = 0; i < nu; i++)
      for (let j = 0; j < nv; j++)
        for (const middle of MIDDLES) {
          const corners = [[0, 0], middle, [1, 1]].map(([x, y]) => ({ i: i + x, j: j + y }));
          const held = corners.filter((c) => isIn(c.i, c.j));
          if (!held.length) continue;
          point[u] = held[0].i;
          point[v] = held[0].j;
          const rank = this.region === "open" ? this.rank(this.index(point[0], point[1], point[2])) : 0;
          const round = (middle === MIDDLES[0]) === turned ? [...corners].reverse() : corners;
          const polygon: number[] = [];
          round.forEach((c, n) => {
            const next = round[(n + 1) % 3];
            const here = isIn(c.i, c.j);
            if (here) polygon.push(vertex(c.i, c.j, 7));
            if (here === isIn(next.i, next.j)) return;
            const [lower, upper] = c.i + c.j < next.i + next.j ? [c, next] : [next, c];
            const bits = ((upper.i - lower.i) << u) | ((upper.j - lower.j) << v);
            polygon.push(vertex(lower.i, lower.j, STEP_OF_BITS[bits]));
          });
          for (let n = 2; n < polygon.length; n++)
            for (const corner of [polygon[0], polygon[n - 1], polygon[n]]) indices[rank].push(corner);
        }
    return {
      positions: positions.done(),
      normals: this.flat(axis, end, positions.length),
      indices: indices.map((l) => l.done()),
    };
  }

  private index(i: number, j: number, k: number): number {
    const [rows, lines, points] = this.starts;
    return rows[i + 1] + lines[j + 1] + points[k + 1];
  }

  private isIn(point: number): boolean {
    return (this.inside[point] === 1) === (this.region === "open");
  }

  private rank(point: number): number {
    if (this.ranks[point] === 255) this.ranks[point] = this.forest.rankAt(point, this.level);
    return this.ranks[point];
  }

  /** Appends the vertex where the surface crosses the edge from a grid point along one of STEPS. */
  private cross(i: number, j: number, k: number, step: number, positions: Floats, normals: Floats | null) {
    const { values } = this.grid;
    const [di, dj, dk] = STEPS[step];
    const t = crossing(
      values[this.index(i - di, j - dj, k - dk)],
      values[this.index(i, j, k)],
      values[this.index(i + di, j + dj, k + dk)],
      values[this.index(i + 2 * di, j + 2 * dj, k + 2 * dk)],
      this.level + 0.5,
    );
    this.place(i + t * di, j + t * dj, k + t * dk, positions);
    if (!normals) return;
    const { slope } = this;
    this.gradient(i, j, k, 0);
    this.gradient(i + di, j + dj, k + dk, 3);
    const x = (1 - t) * slope[0] + t * slope[3];
    const y = (1 - t) * slope[1] + t * slope[4];
    const z = (1 - t) * slope[2] + t * slope[5];
    const sign = (this.region === "open" ? 1 : -1) / (Math.sqrt(x * x + y * y + z * z) || 1);
    normals.push(sign * x, sign * y, sign * z);
  }

  /** The Cartesian gradient at a grid point, left in `slope` from `at` on. */
  private gradient(i: number, j: number, k: number, at: number) {
    const { values } = this.grid;
    // A vertex may lie on the far face, whose image is the near one: there is a point beyond either.
    const da = values[this.index(i + 1, j, k)] - values[this.index(i - 1, j, k)];
    const db = values[this.index(i, j + 1, k)] - values[this.index(i, j - 1, k)];
    const dc = values[this.index(i, j, k + 1)] - values[this.index(i, j, k - 1)];
    const [a, b, c] = this.slopes;
    this.slope[at] = a[0] * da + a[1] * db + a[2] * dc;
    this.slope[at + 1] = b[0] * da + b[1] * db + b[2] * dc;
    this.slope[at + 2] = c[0] * da + c[1] * db + c[2] * dc;
  }

  private place(i: number, j: number, k: number, positions: Floats) {
    const { cell, shape } = this.grid;
    const [x, y, z] = [i / shape[0], j / shape[1], k / shape[2]];
    positions.push(
      x * cell[0][0] + y * cell[1][0] + z * cell[2][0],
      x * cell[0][1] + y * cell[1][1] + z * cell[2][1],
      x * cell[0][2] + y * cell[1][2] + z * cell[2][2],
    );
  }

  /** One normal for all vertices of a face: across it, out of the cell. */
  private flat(axis: number, end: number, length: number): Float32Array {
    const back = inverse(this.grid.cell);
    const normal = [back[0][axis], back[1][axis], back[2][axis]] as Triple;
    const size = Math.hypot(...normal) * (end ? 1 : -1);
    return new Float32Array(length).map((_, n) => normal[n % 3] / size);
  }
}

/** Steps in the values from -1 to n + 2 along an axis whose points are `step` apart. */
function startsOf(n: number, step: number): Int32Array {
  return Int32Array.from({ length: n + 4 }, (_, i) => ((i - 1 + n) % n) * step);
}

const STRAIGHT = [0, 1, 2];
const FLIPPED = [0, 2, 1];
const MIDDLES = [
  [1, 0],
  [0, 1],
];

/** Where between f0 (at 0) and f1 (at 1) a Catmull-Rom cubic has a value that lies between the two. */
export function crossing(before: number, f0: number, f1: number, after: number, value: number): number {
  const cubic = (t: number) =>
    f0 +
    0.5 *
      t *
      (f1 - before + t * (2 * before - 5 * f0 + 4 * f1 - after + t * (3 * (f0 - f1) + after - before)));
  let [low, high] = [0, 1];
  let t = (value - f0) / (f1 - f0);
  for (let n = 0; n < 3; n++) {
    const found = cubic(t);
    if (found < value === f0 < f1) low = t;
    else high = t;
    const [a, b] = [cubic(low), cubic(high)];
    t = low + ((high - low) * (value - a)) / (b - a || 1);
  }
  return Math.min(0.98, Math.max(0.02, t));
}
