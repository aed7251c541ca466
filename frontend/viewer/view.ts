// A crystal with the surface of a field at a level: what a page puts in place and tells what to show.

import {
  BufferGeometry,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  Vector3,
} from "three";
import { drawArrows, indicesOf } from "./arrows.ts";
import { drawAtoms, drawBonds } from "./balls.ts";
import { bondsOf, cellEdges, placeAtoms, toCartesian } from "./crystal.ts";
import { toNewCell } from "./grid.ts";
import { Labels } from "./labels.ts";
import { lengthOf, type Matrix, multiply, type Triple } from "./linear.ts";
import type { Region } from "./march.ts";
import type { SurfaceSource } from "./source.ts";
import { disposeOf, Stage } from "./stage.ts";
import { type Style, SurfaceView } from "./surface.ts";
import type { Bottleneck, Directions, Structure } from "./types.ts";

export interface ViewState {
  level: number;
  region: Region;
  style: Style;
  /** Index into the structure's cells, and how often that cell is repeated along each vector. */
  cell: number;
  repeats: number;
  pockets: boolean;
  atoms: boolean;
  bonds: boolean;
  marks: boolean;
  arrows: boolean;
}

/** What is marked in the picture: passes, and the directions of the networks that are open at a level. */
export interface Marks {
  bottlenecks: Bottleneck[];
  directionsAt(level: number): Directions | undefined;
}

export const NO_MARKS: Marks = { bottlenecks: [], directionsAt: () => undefined };

export type Look = "a" | "b" | "c" | "default";

export const FIRST_STATE: ViewState = {
  level: 0,
  region: "open",
  style: "glass",
  cell: 0,
  repeats: 1,
  pockets: true,
  atoms: true,
  bonds: true,
  marks: true,
  arrows: true,
};

export class CrystalView {
  readonly stage: Stage;
  readonly labels: Labels;
  readonly surface = new SurfaceView();
  private state: ViewState = { ...FIRST_STATE };
  private source: SurfaceSource | null = null;
  private marks = NO_MARKS;
  private running: Directions | undefined;
  private arrows = new Group();
  private atoms = new Group();
  private bonds = new Group();
  private edges = new Group();
  private asked = 0;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = () => this.drawCrystal();

  /** `holder` is filled with the picture; it has a size of its own. */
  constructor(
    public structure: Structure,
    readonly holder: HTMLElement,
  ) {
    this.stage = new Stage(holder);
    this.labels = new Labels(this.stage, holder);
    const { surface, labels, arrows, atoms, bonds, edges } = this;
    this.stage.content.add(surface.group, labels.group, arrows, atoms, bonds, edges);
    this.drawCrystal();
    this.look("default");
    this.dark.addEventListener("change", this.redraw);
  }

  /** Gives back what the picture takes of the machine; it is not used after that. */
  dispose(): void {
    this.dark.removeEventListener("change", this.redraw);
    this.stage.dispose();
  }

  /** Another crystal in the same place, seen from the same side and as far away. */
  setStructure(structure: Structure): void {
    this.structure = structure;
    this.drawCrystal();
    this.stage.follow();
  }

  get shown(): Readonly<ViewState> {
    return this.state;
  }

  /** The vectors of the cell that is shown. */
  get cell(): Matrix {
    return multiply(this.transform, this.structure.cell);
  }

  /** Where surfaces come from now, and the places to mark. */
  setSource(source: SurfaceSource | null, marks: Marks): void {
    this.source = source;
    this.marks = marks;
    this.running = marks.directionsAt(this.state.level);
    this.mark();
  }

  /** Change what is shown; of several calls that wait for a surface the latest wins. */
  async show(change: Partial<ViewState>): Promise<void> {
    const before = this.state;
    this.state = { ...before, ...change };
    const { state } = this;
    if (state.cell !== before.cell || state.repeats !== before.repeats) {
      this.drawCrystal();
      this.look("default");
    }
    this.atoms.visible = state.atoms;
    this.bonds.visible = state.bonds;
    this.labels.group.visible = state.marks;
    this.arrows.visible = state.arrows;
    const running = this.marks.directionsAt(state.level);
    if (running !== this.running || state.arrows !== before.arrows) {
      this.running = running;
      this.mark();
    }
    this.surface.setStyle(state.style, state.pockets);
    const mine = ++this.asked;
    if (this.source && state.style !== "none") {
      const mesh = await this.source.meshAt(state.level, this.transform, state.region);
      if (mine !== this.asked) return;
      this.surface.show(mesh, state.region, this.cell, state.repeats);
    }
    this.stage.draw();
  }

  look(where: Look): void {
    const [a, b, c] = this.cell.map((row) => new Vector3(...row).normalize());
    const oblique = a.clone().addScaledVector(b, -2.1).addScaledVector(c, 0.75);
    const views: Record<Look, [Vector3, Vector3]> = {
      a: [a, c],
      b: [b, c],
      c: [c, b],
      default: [oblique, c],
    };
    this.stage.look(...views[where]);
  }

  private get transform(): Matrix {
    return this.structure.cells[this.state.cell].transform;
  }

  private drawCrystal() {
    const { structure, cell } = this;
    const { repeats } = this.state;
    const middle = new Vector3(...toCartesian(cell, [repeats / 2, repeats / 2, repeats / 2]));
    const edges = cellEdges(cell, repeats);
    const largest = Math.max(0, ...structure.elements.map((element) => element.radius));
    const radius = largest + farthest(edges, middle);
    const atoms = placeAtoms(structure, this.transform, repeats);
    replace(this.atoms, drawAtoms(structure, atoms, radius));
    replace(this.bonds, drawBonds(structure, bondsOf(structure, atoms), radius));
    replace(this.edges, this.lines(edges));
    this.stage.frame(middle, radius);
    this.mark();
    this.stage.draw();
  }

  private lines(points: number[]): LineSegments {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new Float32BufferAttribute(points, 3));
    const color = getComputedStyle(this.holder).color;
    const lines = new LineSegments(
      geometry,
      new LineBasicMaterial({ color, transparent: true, opacity: 0.8 }),
    );
    lines.frustumCulled = false;
    return lines;
  }

  private mark() {
    this.labels.clear();
    const { cell } = this;
    const size = 0.045 * this.stage.radius;
    const largest = Math.max(0.2, ...this.structure.elements.map((element) => element.radius));
    (["a", "b", "c"] as const).forEach((name, axis) => {
      const along: Triple = [0, 0, 0];
      along[axis] = this.state.repeats + (1.6 * largest + 0.04 * this.stage.radius) / lengthOf(cell[axis]);
      this.labels.addText(toCartesian(cell, along), name, "axis");
    });
    for (const { position, label } of this.marks.bottlenecks)
      this.labels.addBottleneck(this.inShownCell(position), label, size);
    disposeOf(this.arrows);
    this.arrows.clear();
    const { running } = this;
    if (!running) return;
    const inShown = running.vectors.map((vector) => toNewCell(vector, this.transform));
    const vectors = inShown.map((vector) => toCartesian(cell, vector));
    const at = this.inShownCell(running.at);
    const { group, tips } = drawArrows(running.rank, vectors, at, this.stage.radius);
    this.arrows.add(group);
    if (!this.state.arrows) return;
    tips.forEach((tip, n) => {
      this.labels.addText(tip, indicesOf(inShown[n]), "direction");
    });
  }

  /** A fractional position in the given cell, as the place of its image in the cell that is shown. */
  private inShownCell(position: Triple): Triple {
    const here = toNewCell(position, this.transform).map((x) => x - Math.floor(x + 1e-4)) as Triple;
    return toCartesian(this.cell, here);
  }
}

function replace(group: Group, content: Group | LineSegments) {
  disposeOf(group);
  group.clear();
  group.add(content);
}

function farthest(points: number[], from: Vector3): number {
  let most = 0;
  for (let i = 0; i < points.length; i += 3)
    most = Math.max(most, Math.hypot(points[i] - from.x, points[i + 1] - from.y, points[i + 2] - from.z));
  return most;
}
