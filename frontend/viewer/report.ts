// The 3D view of a report. Everything it shows stands in the page itself; nothing is fetched.

import { type Group, type LineSegments, Vector3 } from "three";
import { readAddress, writeAddress } from "./address.ts";
import { bindControls, showState } from "./controls.ts";
import { drawAtoms, drawCell, toCartesian } from "./crystal.ts";
import { decodeSurface, inflate, readDescription } from "./decode.ts";
import { Marks } from "./marks.ts";
import { Stage } from "./stage.ts";
import { SurfaceView } from "./surface.ts";
import type { Change, FieldDescription, Look, Matrix, SceneDescription, State } from "./types.ts";

class Viewer {
  readonly stage: Stage;
  readonly marks: Marks;
  private readonly surface = new SurfaceView();
  private readonly blobs = new Map<string, Promise<Uint8Array>>();
  private readonly state: State;
  private atoms: Group | undefined;
  private edges: LineSegments | undefined;

  constructor(
    private readonly description: SceneDescription & { cell: Matrix },
    holder: HTMLElement,
  ) {
    this.stage = new Stage(holder);
    this.marks = new Marks(this.stage, holder);
    this.stage.content.add(this.surface.group, this.marks.group);
    this.state = this.firstState();
    bindControls(description, this.state, (change) => this.change(change));
    this.drawCrystal();
    this.look("default");
  }

  private firstState(): State {
    const asked = readAddress();
    const fields = this.description.fields;
    const field = fields.find((one) => one.id === asked.field) || fields[0];
    const level = asked.level ?? -1;
    const inRange = field && asked.field === field.id && level >= 0 && level < field.levels.length;
    return {
      field: field?.id,
      level: inRange ? level : (field?.start ?? 0),
      style: asked.style ?? "glass",
      cells: asked.cells || 1,
      pockets: true,
      atoms: true,
      marks: true,
    };
  }

  get field() {
    return this.description.fields.find((field) => field.id === this.state.field);
  }

  async change({ look, ...change }: Change): Promise<void> {
    Object.assign(this.state, change);
    if ("cells" in change) this.drawCrystal();
    if (look || "cells" in change) this.look(look || "default");
    await this.show();
    if (!look) writeAddress(this.state);
  }

  // Level and styles; the latest call wins when several wait for the same data.
  async show(): Promise<void> {
    const { state, field } = this;
    showState(field, state);
    if (this.atoms) this.atoms.visible = state.atoms;
    this.marks.group.visible = state.marks;
    this.surface.setStyle(state.style, state.pockets);
    if (field) {
      if (!this.blobs.has(field.id)) this.blobs.set(field.id, inflate(field.id));
      const bytes = await this.blobs.get(field.id);
      if (!bytes || field !== this.field) return;
      const level = field.levels[state.level];
      const surface = decodeSurface(bytes, level, field.cell, this.description.steps);
      this.surface.show(surface, level.triangles, field.cell, state.cells);
      this.markBottlenecks(field);
    }
    this.stage.draw();
  }

  private drawCrystal() {
    const { cell } = this.description;
    const { cells } = this.state;
    if (this.atoms && this.edges) this.stage.content.remove(this.atoms, this.edges);
    this.atoms = drawAtoms(this.description, cells);
    this.edges = drawCell(cell, cells, getComputedStyle(this.stage.holder).color);
    this.stage.content.add(this.atoms, this.edges);
    const center = toCartesian(cell, cells / 2, cells / 2, cells / 2);
    const reach: number[] = [];
    for (const i of [0, cells])
      for (const j of [0, cells])
        for (const k of [0, cells]) reach.push(toCartesian(cell, i, j, k).distanceTo(center));
    const largest = Math.max(0, ...this.description.elements.map((element) => element.radius));
    this.stage.frame(center, Math.max(...reach) + largest);
  }

  private markBottlenecks(field: FieldDescription) {
    this.marks.clear();
    const size = 0.05 * this.stage.radius;
    for (const mark of field.bottlenecks) this.marks.addBottleneck(field.cell, mark, size);
    const { cell } = this.description;
    const beyond = 1 + 0.08 * this.state.cells;
    ["a", "b", "c"].forEach((name, axis) => {
      const along: [number, number, number] = [0, 0, 0];
      along[axis] = this.state.cells * beyond;
      this.marks.addText(toCartesian(cell, ...along), name, "axis");
    });
    this.marks.face();
  }

  look(where: Look): void {
    const { cell } = this.description;
    const [a, b, c] = cell.map((row) => new Vector3(...row));
    const views: Record<Look, [Vector3, Vector3]> = {
      a: [a, c],
      b: [b, c],
      c: [c, b],
      default: [
        a
          .clone()
          .normalize()
          .multiplyScalar(1.0)
          .addScaledVector(b.clone().normalize(), -2.1)
          .addScaledVector(c.clone().normalize(), 0.75),
        c,
      ],
    };
    this.stage.look(...views[where]);
  }
}

function start() {
  const holder = document.getElementById("viewer");
  if (!holder) return;
  try {
    const description = readDescription();
    const { cell } = description;
    if (!cell) throw new Error("no cell");
    const viewer = new Viewer({ ...description, cell }, holder);
    viewer.stage.controls.addEventListener("change", () => viewer.marks.face());
    viewer.show().then(() => {
      document.documentElement.dataset.viewer = "ready";
    }, fail);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown) {
  document.documentElement.dataset.viewer = "failed";
  for (const [id, hidden] of [
    ["viewer-fallback", false],
    ["viewer-box", true],
  ] as const) {
    const part = document.getElementById(id);
    if (part) part.hidden = hidden;
  }
  console.warn(`The 3D view could not start: ${error instanceof Error ? error.message : error}`);
}

start();
