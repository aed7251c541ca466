// What the page hands over: made by report/scene/payload.py, which says what each means.

export type Triple = [number, number, number];
/** Rows are lattice vectors in angstrom. */
export type Matrix = [Triple, Triple, Triple];

export interface Element {
  symbol: string;
  color: string;
  radius: number;
  count: number;
}

export interface Level {
  value: number;
  label: string;
  rank: number;
  thresholds: number[];
  vertices: number;
  triangles: number[];
  offset: number;
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
  levels: Level[];
  start: number;
  bottlenecks: Bottleneck[];
}

export interface SceneDescription {
  cell: Matrix | null;
  steps: number;
  elements: Element[];
  atoms: [number, number, number, number][];
  fields: FieldDescription[];
}

export type Style = "solid" | "glass" | "off";

export interface State {
  field: string | undefined;
  level: number;
  style: Style;
  cells: number;
  pockets: boolean;
  atoms: boolean;
  marks: boolean;
}

export type Look = "a" | "b" | "c" | "default";
export type Change = Partial<State> & { look?: Look };
