// Atoms and cell edges, for one cell or several.

import {
  BufferGeometry,
  Color,
  Float32BufferAttribute,
  Group,
  InstancedMesh,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  MeshStandardMaterial,
  SphereGeometry,
  Vector3,
} from "three";
import type { Matrix, SceneDescription, Triple } from "./types.ts";

export function toCartesian(cell: Matrix, u: number, v: number, w: number): Vector3 {
  const along = (k: number) => u * cell[0][k] + v * cell[1][k] + w * cell[2][k];
  return new Vector3(along(0), along(1), along(2));
}

// Atoms with all coordinates in [0, cells], those on the far faces included.
export function drawAtoms(description: SceneDescription & { cell: Matrix }, cells: number): Group {
  const group = new Group();
  description.elements.forEach((element, number) => {
    const places: Triple[] = [];
    for (const [kind, ...point] of description.atoms) {
      if (kind === number) places.push(...images(point, cells));
    }
    const ball = new SphereGeometry(element.radius, 28, 20);
    const paint = new MeshStandardMaterial({ color: new Color(element.color), roughness: 0.45 });
    const mesh = new InstancedMesh(ball, paint, places.length);
    places.forEach((p, i) => {
      const at = toCartesian(description.cell, ...p);
      mesh.setMatrixAt(i, new Matrix4().makeTranslation(at.x, at.y, at.z));
    });
    mesh.frustumCulled = false;
    group.add(mesh);
  });
  return group;
}

function images(point: number[], cells: number): Triple[] {
  let found: number[][] = [[]];
  for (const x of point) {
    const along: number[] = [];
    for (let shift = 0; x + shift <= cells + 1e-3; shift++) along.push(x + shift);
    found = found.flatMap((start) => along.map((value) => [...start, value]));
  }
  return found as Triple[];
}

export function drawCell(cell: Matrix, cells: number, color: string): LineSegments {
  const points: number[] = [];
  const corner = [0, 1];
  for (const shift of shifts(cells)) {
    for (let axis = 0; axis < 3; axis++) {
      for (const s of corner) {
        for (const t of corner) {
          const start = [s, t];
          start.splice(axis, 0, 0);
          const end = [s, t];
          end.splice(axis, 0, 1);
          for (const p of [start, end]) {
            points.push(...toCartesian(cell, ...(p.map((x, k) => x + shift[k]) as Triple)).toArray());
          }
        }
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(points, 3));
  const lines = new LineSegments(geometry, new LineBasicMaterial({ color, transparent: true, opacity: 0.7 }));
  lines.frustumCulled = false;
  return lines;
}

export function shifts(cells: number): Triple[] {
  const list: Triple[] = [];
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) for (let k = 0; k < cells; k++) list.push([i, j, k]);
  return list;
}
