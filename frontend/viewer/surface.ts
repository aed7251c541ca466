// The surface at one level as bodies: skin, cut faces, as many copies as there are cells.

import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Color,
  FrontSide,
  Group,
  type Material,
  Mesh,
  MeshStandardMaterial,
} from "three";
import { shifts, toCartesian } from "./crystal.ts";
import type { Matrix } from "./linear.ts";
import type { Region, SurfaceMesh, Mesh as Triangles } from "./march.ts";

/** Okabe and Ito's colours, told apart by colour-blind readers too; grey for pockets. */
export const RANK_COLORS = ["#8d949e", "#e69f00", "#009e73", "#0072b2"];

/** What lies beyond the level: the skin of a network seen from inside it, and the closed region's cuts. */
export const STONE = "#c9b79c";

export type Style = "glass" | "solid" | "none";

interface Look {
  skin: number;
  stone: number;
  cut: number;
}

const OPACITY: Record<Style, Look> = {
  glass: { skin: 0.6, stone: 0.6, cut: 0.24 },
  solid: { skin: 1, stone: 1, cut: 1 },
  none: { skin: 0, stone: 0, cut: 0 },
};
const FAINT = 0.45;

/** Far faces of a glass body come before what is in it, near ones after. */
const SIDES = { far: BackSide, near: FrontSide } as const;

interface Paints {
  skin: MeshStandardMaterial[];
  stone: MeshStandardMaterial[];
  farCut: MeshStandardMaterial[];
  nearCut: MeshStandardMaterial[];
}

export class SurfaceView {
  readonly group = new Group();
  triangles: number[] = [0, 0, 0, 0];
  private geometries: BufferGeometry[] = [];
  private readonly paints = { open: paintsFor("open"), closed: paintsFor("closed") };

  setStyle(style: Style, pockets: boolean): void {
    this.group.visible = style !== "none";
    const look = OPACITY[style];
    for (const region of ["open", "closed"] as const) {
      const paints = this.paints[region];
      const faint = (rank: number) => (region === "open" && rank === 0 && style === "glass" ? FAINT : 1);
      const set = (list: MeshStandardMaterial[], opacity: number) => {
        list.forEach((paint, rank) => {
          setOpacity(paint, opacity * faint(rank), region === "closed" || rank > 0 || pockets);
        });
      };
      set(paints.skin, look.skin);
      set(paints.stone, look.stone);
      set(paints.farCut, look.cut);
      set(paints.nearCut, look.cut);
    }
  }

  show({ skin, caps }: SurfaceMesh, region: Region, cell: Matrix, repeats: number): void {
    for (const old of this.geometries) old.dispose();
    this.geometries = [skin, ...caps].map(geometryOf);
    this.triangles = skin.indices.map((list) => list.length / 3);
    this.group.clear();
    const paints = this.paints[region];
    for (const shift of shifts(repeats)) {
      const at = toCartesian(cell, shift);
      this.add(this.geometries[0], paints.stone, at, 2);
      this.add(this.geometries[0], paints.skin, at, 3);
      caps.forEach((cap, face) => {
        const [axis, end] = [face >> 1, face & 1];
        if (shift[axis] !== end * (repeats - 1) || !cap.positions.length) return;
        this.add(this.geometries[face + 1], paints.farCut, at, 1);
        this.add(this.geometries[face + 1], paints.nearCut, at, 4);
      });
    }
  }

  private add(geometry: BufferGeometry, paint: Material[], at: [number, number, number], order: number) {
    const mesh = new Mesh(geometry, paint);
    mesh.position.set(...at);
    mesh.renderOrder = order;
    this.group.add(mesh);
  }
}

function geometryOf(mesh: Triangles): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(mesh.positions, 3));
  geometry.setAttribute("normal", new BufferAttribute(mesh.normals, 3));
  const indices = new Uint32Array(mesh.indices.reduce((sum, list) => sum + list.length, 0));
  let start = 0;
  mesh.indices.forEach((list, rank) => {
    indices.set(list, start);
    if (list.length) geometry.addGroup(start, list.length, rank);
    start += list.length;
  });
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}

function setOpacity(paint: MeshStandardMaterial, opacity: number, visible: boolean) {
  const clear = opacity < 1;
  // Three.js compiles another shader for another kind of blending.
  if (paint.transparent !== clear) paint.needsUpdate = true;
  paint.opacity = opacity;
  paint.transparent = clear;
  paint.depthWrite = !clear;
  paint.visible = visible && opacity > 0;
}

function paintsFor(region: Region): Paints {
  const colors = RANK_COLORS.map((name) => new Color(name));
  const stone = colors.map(() => new Color(STONE));
  const [outer, inner] = region === "open" ? [colors, stone] : [stone, colors];
  const cut = outer.map((color) => color.clone().lerp(new Color("#ffffff"), 0.18));
  return {
    skin: outer.map((color) => paint(color, "near", 0.55)),
    stone: inner.map((color) => paint(color, "far", 0.85)),
    farCut: cut.map((color) => paint(color, "far", 0.9)),
    nearCut: cut.map((color) => paint(color, "near", 0.9)),
  };
}

function paint(color: Color, side: keyof typeof SIDES, roughness: number): MeshStandardMaterial {
  return new MeshStandardMaterial({ color, side: SIDES[side], roughness, metalness: 0 });
}
