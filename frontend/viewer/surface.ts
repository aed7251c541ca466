// The isosurface at one level: one geometry, four ranks, as many copies as there are cells.

import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Color,
  FrontSide,
  Group,
  Mesh,
  MeshStandardMaterial,
} from "three";
import { shifts, toCartesian } from "./crystal.ts";
import type { SurfaceMesh } from "./decode.ts";
import type { Matrix, Style } from "./types.ts";

// Okabe and Ito's colours, told apart by colour-blind readers too; grey for pockets.
export const RANK_COLORS = ["#8d949e", "#e69f00", "#009e73", "#0072b2"];

const OPACITY: Record<Style, [number, number]> = { solid: [0.4, 1], glass: [0.16, 0.42], off: [0, 0] };

const SIDES = ["back", "front"] as const;

export class SurfaceView {
  readonly group = new Group();
  private geometry: BufferGeometry | null = null;
  private readonly materials = { back: paints(BackSide), front: paints(FrontSide) };

  constructor() {
    this.setStyle("solid", true);
  }

  // style: "solid", "glass" or "off"; pockets: whether isolated ones are drawn at all.
  setStyle(style: Style, pockets: boolean): void {
    this.group.visible = style !== "off";
    const [faint, strong] = OPACITY[style];
    for (const side of SIDES) {
      this.materials[side].forEach((paint, rank) => {
        paint.opacity = rank === 0 ? faint : strong;
        const clear = paint.opacity < 1;
        // Three.js compiles another shader for another kind of blending.
        if (paint.transparent !== clear) paint.needsUpdate = true;
        paint.transparent = clear;
        paint.depthWrite = !clear;
        paint.visible = rank > 0 || pockets;
      });
    }
  }

  show(surface: SurfaceMesh, triangles: number[], cell: Matrix, cells: number): void {
    this.geometry?.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(surface.positions, 3));
    geometry.setAttribute("normal", new BufferAttribute(surface.normals, 3));
    geometry.setIndex(new BufferAttribute(surface.indices, 1));
    let start = 0;
    triangles.forEach((count, rank) => {
      if (count) geometry.addGroup(start, 3 * count, rank);
      start += 3 * count;
    });
    this.geometry = geometry;
    this.repeat(cell, cells);
  }

  private repeat(cell: Matrix, cells: number) {
    this.group.clear();
    if (!this.geometry) return;
    for (const shift of shifts(cells)) {
      for (const [order, side] of SIDES.entries()) {
        const mesh = new Mesh(this.geometry, this.materials[side]);
        mesh.position.copy(toCartesian(cell, ...shift));
        mesh.renderOrder = order;
        this.group.add(mesh);
      }
    }
  }
}

function paints(side: typeof BackSide | typeof FrontSide) {
  return RANK_COLORS.map((name) => {
    const color = new Color(name);
    // The inner side is paler, so that a reader sees into a tunnel cut open by the cell's face.
    if (side === BackSide) color.lerp(new Color("#ffffff"), 0.5);
    return new MeshStandardMaterial({ color, side, roughness: 0.6, metalness: 0 });
  });
}
