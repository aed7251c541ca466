// Atoms, bonds and cell edges of the cell that is shown, repeated or not.

import { isIdentity, toNewCell } from "./grid.ts";
import { type Matrix, multiply, type Triple } from "./linear.ts";
import type { Structure } from "./types.ts";

/** Two atoms are bonded where they are no farther apart than their covalent radii and this, in angstrom. */
export const BOND_TOLERANCE = 0.3;

/** Beyond so many atoms bonds would only hide them. */
const MOST_BONDED = 2500;
const ON_FACE = 1e-3;

export interface PlacedAtom {
  element: number;
  position: Triple;
}

export interface Bond {
  elements: [number, number];
  ends: [Triple, Triple];
}

export function toCartesian(cell: Matrix, [u, v, w]: Triple): Triple {
  const along = (k: 0 | 1 | 2) => u * cell[0][k] + v * cell[1][k] + w * cell[2][k];
  return [along(0), along(1), along(2)];
}

/** Atoms with all coordinates in [0, repeats] of the cell, those on the far faces included. */
export function placeAtoms(structure: Structure, transform: Matrix, repeats: number): PlacedAtom[] {
  const cell = multiply(transform, structure.cell);
  const found = new Map<string, PlacedAtom>();
  for (const [element, ...position] of structure.atoms) {
    for (const shift of translations(transform)) {
      const start = toNewCell(position.map((x, k) => x + shift[k]) as Triple, transform).map(wrapped);
      for (const point of images(start as Triple, repeats)) {
        found.set(`${element} ${point.map((x) => Math.round(x * 500))}`, {
          element,
          position: toCartesian(cell, point),
        });
      }
    }
  }
  return [...found.values()];
}

export function bondsOf(structure: Structure, atoms: PlacedAtom[]): Bond[] {
  if (atoms.length > MOST_BONDED) return [];
  const bonds: Bond[] = [];
  atoms.forEach((one, i) => {
    for (const two of atoms.slice(i + 1)) {
      const reach =
        structure.elements[one.element].covalent + structure.elements[two.element].covalent + BOND_TOLERANCE;
      const [p, q] = [one.position, two.position];
      if (Math.abs(p[0] - q[0]) > reach || Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > reach)
        continue;
      bonds.push({ elements: [one.element, two.element], ends: [p, q] });
    }
  });
  return bonds;
}

/** The ends of the twelve edges of each cell, one after the other. */
export function cellEdges(cell: Matrix, repeats: number): number[] {
  const points: number[] = [];
  for (const shift of shifts(repeats))
    for (let axis = 0; axis < 3; axis++)
      for (const s of [0, 1])
        for (const t of [0, 1])
          for (const along of [0, 1]) {
            const corner = [s, t];
            corner.splice(axis, 0, along);
            points.push(...toCartesian(cell, corner.map((x, k) => x + shift[k]) as Triple));
          }
  return points;
}

export function shifts(repeats: number): Triple[] {
  const list: Triple[] = [];
  for (let i = 0; i < repeats; i++)
    for (let j = 0; j < repeats; j++) for (let k = 0; k < repeats; k++) list.push([i, j, k]);
  return list;
}

/** Enough lattice vectors of the given cell to fill the new one. */
function translations(transform: Matrix): Triple[] {
  if (isIdentity(transform)) return [[0, 0, 0]];
  const reach = [0, 1, 2].map((k) => Math.ceil(transform.reduce((sum, row) => sum + Math.abs(row[k]), 0)));
  const list: Triple[] = [];
  for (let i = -reach[0]; i <= reach[0]; i++)
    for (let j = -reach[1]; j <= reach[1]; j++)
      for (let k = -reach[2]; k <= reach[2]; k++) list.push([i, j, k]);
  return list;
}

function wrapped(x: number): number {
  const rest = x - Math.floor(x);
  return rest > 1 - ON_FACE ? 0 : rest;
}

function images(point: Triple, repeats: number): Triple[] {
  let found: number[][] = [[]];
  for (const x of point) {
    const along: number[] = [];
    for (let shift = 0; x + shift <= repeats + ON_FACE; shift++) along.push(x + shift);
    found = found.flatMap((start) => along.map((value) => [...start, value]));
  }
  return found as Triple[];
}
