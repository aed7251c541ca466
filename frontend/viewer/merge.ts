// How the pieces of the open region join as the level rises, and in how many directions each runs.
//
// Grid points touch along the edges of Kuhn's tetrahedra (14 neighbours). Of the field that is linear in each
// tetrahedron this gives the exact networks, so they are those of the surface that march.ts draws.

import type { Grid } from "./grid.ts";
import type { Triple } from "./linear.ts";

/** Steps to the neighbours that come later in each tetrahedron; their opposites are neighbours as well. */
export const STEPS: readonly Triple[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, 0, 1],
  [0, 1, 1],
  [1, 1, 1],
];

const NEIGHBOURS = [...STEPS, ...STEPS.map(([x, y, z]): Triple => [-x, -y, -z])];
const NEVER = 0xffff_ffff;

export class Forest {
  /** Values at which one network first runs in 1, 2, 3 directions; Infinity where never. */
  readonly thresholds: Triple = [Infinity, Infinity, Infinity];
  private readonly parent: Int32Array;
  private readonly joined: Uint32Array;
  private readonly shift: Int16Array;
  private readonly size: Int32Array;
  /** Of a network: the windings that span its directions, and the values at which its rank rose. */
  private readonly basis = new Map<number, Triple[]>();
  private readonly rises = new Map<number, [value: number, rank: number][]>();

  constructor(readonly grid: Grid) {
    const count = grid.values.length;
    this.parent = new Int32Array(count).fill(-1);
    this.joined = new Uint32Array(count).fill(NEVER);
    this.shift = new Int16Array(3 * count);
    this.size = new Int32Array(count);
    this.sweep();
  }

  /** Rank of the network that a grid point of the open region belongs to at a level. */
  rankAt(point: number, level: number): number {
    let root = point;
    while (this.joined[root] <= level) root = this.parent[root];
    let rank = 0;
    for (const [value, reached] of this.rises.get(root) ?? []) if (value <= level) rank = reached;
    return rank;
  }

  private sweep() {
    const { shape, values } = this.grid;
    const [n1, n2, n3] = shape;
    for (const point of inOrder(values)) {
      this.size[point] = 1;
      const i = Math.floor(point / (n2 * n3));
      const j = Math.floor(point / n3) % n2;
      const k = point % n3;
      for (const [di, dj, dk] of NEIGHBOURS) {
        let x = i + di;
        let y = j + dj;
        let z = k + dk;
        const sx = x < 0 ? -1 : x >= n1 ? 1 : 0;
        const sy = y < 0 ? -1 : y >= n2 ? 1 : 0;
        const sz = z < 0 ? -1 : z >= n3 ? 1 : 0;
        x -= sx * n1;
        y -= sy * n2;
        z -= sz * n3;
        const other = (x * n2 + y) * n3 + z;
        if (this.size[other] > 0) this.touch(point, other, sx, sy, sz);
      }
    }
  }

  /** Two points of the region touch, the second in the cell (sx, sy, sz) seen from the first. */
  private touch(one: number, two: number, sx: number, sy: number, sz: number) {
    const { parent, shift, size } = this;
    let a = one;
    let b = two;
    let x = sx;
    let y = sy;
    let z = sz;
    for (; parent[a] >= 0; a = parent[a]) {
      x -= shift[3 * a];
      y -= shift[3 * a + 1];
      z -= shift[3 * a + 2];
    }
    for (; parent[b] >= 0; b = parent[b]) {
      x += shift[3 * b];
      y += shift[3 * b + 1];
      z += shift[3 * b + 2];
    }
    const value = this.grid.values[one];
    if (a === b) {
      if (x !== 0 || y !== 0 || z !== 0) this.wind(a, [x, y, z], value);
      return;
    }
    const [small, large] = size[a] < size[b] ? [a, b] : [b, a];
    const sign = small === a ? 1 : -1;
    parent[small] = large;
    this.joined[small] = value;
    shift[3 * small] = sign * x;
    shift[3 * small + 1] = sign * y;
    shift[3 * small + 2] = sign * z;
    size[large] += size[small];
    for (const winding of this.basis.get(small) ?? []) this.wind(large, winding, value);
  }

  /** A network closes on its own image: a further direction, if it is one. */
  private wind(root: number, winding: Triple, value: number) {
    const basis = this.basis.get(root) ?? [];
    if (basis.length === 3 || !isNew(basis, winding)) return;
    basis.push(winding);
    this.basis.set(root, basis);
    const rises = this.rises.get(root) ?? [];
    rises.push([value, basis.length]);
    this.rises.set(root, rises);
    const { thresholds } = this;
    thresholds[basis.length - 1] = Math.min(thresholds[basis.length - 1], value);
  }
}

/** Whether a vector is not a combination of up to two others. */
function isNew(basis: Triple[], v: Triple): boolean {
  const [first, second] = basis;
  if (!first) return true;
  const normal = cross(first, second ?? v);
  return second
    ? normal[0] * v[0] + normal[1] * v[1] + normal[2] * v[2] !== 0
    : normal[0] !== 0 || normal[1] !== 0 || normal[2] !== 0;
}

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Indices of the values from the smallest up. */
function inOrder(values: Uint16Array): Int32Array {
  const starts = new Int32Array(65_537);
  for (const value of values) starts[value + 1]++;
  for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
  const order = new Int32Array(values.length);
  values.forEach((value, i) => {
    order[starts[value]++] = i;
  });
  return order;
}
