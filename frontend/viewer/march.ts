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

/** For each tetrahedron and each choice of its inside corners: edges (from, step), three a triangle. */
const CASES = TETRAHEDRA.map((corners) => Array.from({ length: 16 }, (_, mask) => casesOf(corners, mask)));

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
  private readonly points: Triple;
  private readonly ranks: Uint8Array;
  private readonly slopes: Matrix;
  private readonly flip: boolean;

  constructor(
    private readonly grid: Grid,
    private readonly forest: Forest,
    private readonly level: number,
    private readonly region: Region,
  ) {
    this.points = grid.shape.map((n) => n + 1) as Triple;
    this.ranks = new Uint8Array(grid.values.length).fill(255);
    // From differences between grid points to the Cartesian gradient.
    const back = inverse(grid.cell);
    this.slopes = back.map((row) => row.map((x, k) => x * grid.shape[k])) as Matrix;
    this.flip = determinant(grid.cell) < 0 !== (region === "closed");
  }

  skin(): Mesh {
    const [n1, n2, n3] = this.grid.shape;
    const [, m2, m3] = this.points;
    const vertices = new Int32Array(this.points[0] * m2 * m3 * 7).fill(-1);
    const positions = new Floats();
    const normals = new Floats();
    const indices = [new Whole(), new Whole(), new Whole(), new Whole()];
    const inside = new Uint8Array(8);
    const at = new Int32Array(8);
    for (let i = 0; i < n1; i++)
      for (let j = 0; j < n2; j++)
        for (let k = 0; k < n3; k++) {
          const sum = this.corners(i, j, k, inside, at);
          if (sum === 0 || sum === 8) continue;
          for (let t = 0; t < 6; t++) {
            const [a, b, c, d] = TETRAHEDRA[t];
            const mask = inside[a] | (inside[b] << 1) | (inside[c] << 2) | (inside[d] << 3);
            const edges = CASES[t][mask];
            if (!edges.length) continue;
            const list = indices[this.rank(at[TETRAHEDRA[t][31 - Math.clz32(mask & -mask)]])];
            for (let e = 0; e < edges.length; e += 3)
              for (const which of this.flip ? FLIPPED : STRAIGHT) {
                const { from, step } = edges[e + which];
                const [x, y, z] = CORNERS[from];
                const name = (((i + x) * m2 + j + y) * m3 + k + z) * 7 + step;
                if (vertices[name] < 0) {
                  vertices[name] = positions.length / 3;
                  this.cross(i + x, j + y, k + z, step, positions, normals);
                }
                list.push(vertices[name]);
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

  private corners(i: number, j: number, k: number, inside: Uint8Array, at: Int32Array): number {
    const [n1, n2, n3] = this.grid.shape;
    const [x, y, z] = [(i + 1) % n1, (j + 1) % n2, (k + 1) % n3];
    at[0] = (i * n2 + j) * n3 + k;
    at[1] = (x * n2 + j) * n3 + k;
    at[2] = (i * n2 + y) * n3 + k;
    at[3] = (x * n2 + y) * n3 + k;
    at[4] = at[0] - k + z;
    at[5] = at[1] - k + z;
    at[6] = at[2] - k + z;
    at[7] = at[3] - k + z;
    let sum = 0;
    for (let c = 0; c < 8; c++) {
      inside[c] = this.grid.values[at[c]] <= this.level ? 1 : 0;
      sum += inside[c];
    }
    return sum;
  }

  private index(i: number, j: number, k: number): number {
    const [n1, n2, n3] = this.grid.shape;
    return ((((i % n1) + n1) % n1) * n2 + (((j % n2) + n2) % n2)) * n3 + (((k % n3) + n3) % n3);
  }

  private isIn(point: number): boolean {
    return this.grid.values[point] <= this.level === (this.region === "open");
  }

  private rank(point: number): number {
    if (this.ranks[point] === 255) this.ranks[point] = this.forest.rankAt(point, this.level);
    return this.ranks[point];
  }

  /** Appends the vertex where the surface crosses the edge from a grid point along one of STEPS. */
  private cross(i: number, j: number, k: number, step: number, positions: Floats, normals: Floats | null) {
    const [di, dj, dk] = STEPS[step];
    const { values } = this.grid;
    const value = (t: number) => values[this.index(i + t * di, j + t * dj, k + t * dk)];
    const t = crossing(value(-1), value(0), value(1), value(2), this.level + 0.5);
    this.place(i + t * di, j + t * dj, k + t * dk, positions);
    if (!normals) return;
    const here = this.gradient(i, j, k);
    const there = this.gradient(i + di, j + dj, k + dk);
    const slope = here.map((x, n) => (1 - t) * x + t * there[n]) as Triple;
    const sign = (this.region === "open" ? 1 : -1) / (Math.hypot(...slope) || 1);
    normals.push(sign * slope[0], sign * slope[1], sign * slope[2]);
  }

  private gradient(i: number, j: number, k: number): Triple {
    const { values } = this.grid;
    const da = values[this.index(i + 1, j, k)] - values[this.index(i - 1, j, k)];
    const db = values[this.index(i, j + 1, k)] - values[this.index(i, j - 1, k)];
    const dc = values[this.index(i, j, k + 1)] - values[this.index(i, j, k - 1)];
    const [a, b, c] = this.slopes;
    return [
      a[0] * da + a[1] * db + a[2] * dc,
      b[0] * da + b[1] * db + b[2] * dc,
      c[0] * da + c[1] * db + c[2] * dc,
    ];
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
