// What a page hands over: made by report/scene/payload.py, which says what each means.

import type { Matrix, Triple } from "./linear.ts";

export interface Element {
  symbol: string;
  color: string;
  /** Drawn radius and covalent radius, angstrom. */
  radius: number;
  covalent: number;
  count: number;
}

/** A cell that the crystal can be shown in: its vectors as sums of the given ones. */
export interface CellChoice {
  name: string;
  transform: Matrix;
}

export interface Structure {
  cell: Matrix;
  cells: CellChoice[];
  elements: Element[];
  /** Index of the element and fractional coordinates in the given cell. */
  atoms: [element: number, u: number, v: number, w: number][];
}

/** A level at which networks first run in `ranks` directions. */
export interface PercolationEvent {
  level: number;
  error: number | null;
  label: string;
  label_with_error: string;
  ranks: number[];
}

/** A level at which a piece of several atoms forms that leads nowhere. */
export interface SegmentEvent {
  level: number;
  label: string;
  atoms: string;
}

/** Where the networks of a rank run when they open. */
export interface Directions {
  rank: number;
  /** The bottleneck, fractional in the given cell. */
  at: Triple;
  /** One per direction, along the vectors of the given cell. */
  vectors: Triple[];
}

export interface Bottleneck {
  position: Triple;
  label: string;
}

export interface FieldDescription {
  id: string;
  name: string;
  short: string;
  unit: string;
  side: "below" | "above";
  cell: Matrix;
  shape: Triple;
  /** Values at evenly spaced places of the slider, in the order in which the region grows. */
  levels: number[];
  events: PercolationEvent[];
  segments: SegmentEvent[];
  directions: Directions[];
  start: number;
  bottlenecks: Bottleneck[];
}

export interface SceneDescription extends Omit<Structure, "cell"> {
  cell: Matrix | null;
  title: string;
  top: number;
  fields: FieldDescription[];
}
