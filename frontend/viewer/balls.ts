// Atoms and bonds as bodies, with a dark rim, so that white hydrogen is seen on a white page.

import {
  BackSide,
  type BufferGeometry,
  Color,
  CylinderGeometry,
  Group,
  InstancedMesh,
  type Material,
  Matrix4,
  MeshBasicMaterial,
  MeshStandardMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from "three";
import type { Bond, PlacedAtom } from "./crystal.ts";
import type { Structure } from "./types.ts";

const RIM = 0.022;
const BOND_RADIUS = 0.055;
const UPRIGHT = new Vector3(0, 1, 0);

/** `scale`: size of the whole picture in angstrom, which sets how thick a rim is. */
export function drawAtoms(structure: Structure, atoms: PlacedAtom[], scale: number): Group {
  const group = new Group();
  structure.elements.forEach((element, number) => {
    const places = atoms.filter((atom) => atom.element === number);
    const moves = places.map(({ position }) => new Matrix4().makeTranslation(...position));
    const ball = new SphereGeometry(element.radius, 32, 24);
    const rim = new SphereGeometry(element.radius + RIM * Math.max(1, scale / 8), 32, 24);
    group.add(...rimmed(ball, rim, element.color, moves));
  });
  return group;
}

export function drawBonds(structure: Structure, bonds: Bond[], scale: number): Group {
  const group = new Group();
  const stick = new CylinderGeometry(BOND_RADIUS, BOND_RADIUS, 1, 16, 1, true);
  const thick = BOND_RADIUS + 0.7 * RIM * Math.max(1, scale / 8);
  const rim = new CylinderGeometry(thick, thick, 1, 16, 1, true);
  structure.elements.forEach((element, number) => {
    const halves: Matrix4[] = [];
    for (const { elements, ends } of bonds)
      for (const side of [0, 1]) {
        if (elements[side] !== number) continue;
        halves.push(half(new Vector3(...ends[side]), new Vector3(...ends[1 - side])));
      }
    group.add(...rimmed(stick, rim, element.color, halves));
  });
  return group;
}

/** From an atom to the middle of its bond. */
function half(from: Vector3, to: Vector3): Matrix4 {
  const middle = from.clone().lerp(to, 0.25);
  const turn = new Quaternion().setFromUnitVectors(UPRIGHT, to.clone().sub(from).normalize());
  return new Matrix4().compose(middle, turn, new Vector3(1, 0.5 * from.distanceTo(to), 1));
}

function rimmed(body: BufferGeometry, rim: BufferGeometry, color: string, moves: Matrix4[]) {
  const paint = new MeshStandardMaterial({ color: new Color(color), roughness: 0.5 });
  const dark = new MeshBasicMaterial({ color: "#2b2f36", side: BackSide });
  dark.name = "rim";
  return [instances(body, paint, moves), instances(rim, dark, moves)];
}

function instances(body: BufferGeometry, paint: Material, moves: Matrix4[]): InstancedMesh {
  const mesh = new InstancedMesh(body, paint, moves.length);
  moves.forEach((move, i) => {
    mesh.setMatrixAt(i, move);
  });
  mesh.frustumCulled = false;
  return mesh;
}
