// The crystals of a scan at its pressures or volumes, fetched one after the other and kept while the view is open.

import type { FieldDescription, SceneDescription, Structure } from "../../../viewer/index.ts";
import { get } from "../../api.ts";

export interface Told {
  scene: SceneDescription;
  grids: Record<string, string>;
  levels: Record<string, { reading: string; level: number | null }>;
}

/** A crystal at a point of the scan, ready to be drawn. */
export interface Cell {
  at: number;
  structure: Structure;
  top: number;
  fields: FieldDescription[];
  told: Told;
}

export class Pictures {
  private readonly cells = new Map<number, Promise<Cell>>();
  private readonly stop = new AbortController();

  /** `path` asks for a picture once the place on the slider is put at its end. */
  constructor(private readonly path: string) {}

  at(place: number): Promise<Cell> {
    let known = this.cells.get(place);
    if (!known) {
      known = this.fetched(place);
      this.cells.set(place, known);
      // What failed may be asked for again.
      known.catch(() => this.cells.delete(place));
    }
    return known;
  }

  close(): void {
    this.stop.abort();
  }

  private async fetched(at: number): Promise<Cell> {
    const told = await get<Told>(`${this.path}${at}`, this.stop.signal);
    const { cell, fields, top, ...rest } = told.scene;
    if (!cell) throw new Error("a crystal without a cell");
    const read = fields.filter(({ id }) => typeof told.levels[id]?.level === "number");
    return { at, structure: { ...rest, cell }, top, fields: read, told };
  }
}

/** The computed point next to the slider. */
export function nearest(places: readonly number[], at: number): number {
  return places.reduce((best, one) => (Math.abs(one - at) < Math.abs(best - at) ? one : best));
}

/** The level at which a field's surface is drawn: that of the valence electrons, or a threshold. */
export function levelFor({ told }: Cell, field: FieldDescription, which: string): number | null {
  if (which === "valence") return told.levels[field.id]?.level ?? null;
  return field.events.find((event) => event.ranks.includes(Number(which)))?.level ?? null;
}

export function unpacked(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}
