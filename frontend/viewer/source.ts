// Where surfaces come from: the field in the page, or whatever else can make them.

import { type Grid, inCell } from "./grid.ts";
import type { Matrix } from "./linear.ts";
import { march, type Region, type SurfaceMesh } from "./march.ts";
import { Forest } from "./merge.ts";
import type { Scale } from "./scale.ts";

/** Gives the surface at a level in a cell; a server may answer late. */
export interface SurfaceSource {
  meshAt(level: number, transform: Matrix, region: Region): SurfaceMesh | Promise<SurfaceMesh>;
}

/** Makes surfaces here, from a field that the page holds. */
export class FieldSource implements SurfaceSource {
  private readonly made = new Map<string, { grid: Grid; forest: Forest }>();

  constructor(
    private readonly grid: Grid,
    private readonly scale: Scale,
    private readonly top: number,
  ) {}

  meshAt(level: number, transform: Matrix, region: Region): SurfaceMesh {
    const { grid, forest } = this.prepared(transform);
    return march(grid, forest, this.scale.drawnAt(level, forest.thresholds, this.top), region);
  }

  private prepared(transform: Matrix) {
    const name = String(transform);
    let known = this.made.get(name);
    if (!known) {
      const grid = inCell(this.grid, transform, this.top);
      known = { grid, forest: new Forest(grid) };
      this.made.set(name, known);
    }
    return known;
  }
}
