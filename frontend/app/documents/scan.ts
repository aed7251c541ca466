// Made from isotunnel/schemas/scan.py by scripts/make_frontend_types.py.

import type * as analysis from "./analysis.ts";

export interface Scan {
  /** `isotunnel.scan/1` */
  schema: "isotunnel.scan/1";
  /** of the crystal */
  name: string;
  /** one line for a person */
  title: string;
  /** `pressure_gpa` or `volume_ratio`: what was asked for */
  over: string;
  /** name of the engine */
  engine: string;
  /** list of column objects, in the order of the table */
  columns: ScanColumn[];
  /** list of point objects, in ascending order of what was asked */
  points: ScanPoint[];
  /** list of references of the crystal */
  sources: string[];
  /** list of what to know of the crystal as it was read, and of the engine */
  remarks: string[];
  /** what determines the result: engine, its settings, relaxation, connectivity, ... */
  settings: Record<string, unknown>;
  /** of the programs used */
  versions: Record<string, string>;
  /** points computed in this run; the others were known (1) */
  computed: number;
  /** wall time of this run (s) */
  seconds: number;
  /** for each point what was measured of such a crystal near its pressure, and which readings and formulas that contradicts; `null` where the point failed; not in documents of the atlas */
  measured?: (analysis.MeasuredBeside | null)[];
}

export interface ScanColumn {
  /** key in `values`, with the unit at its end */
  name: string;
  /** unit; `1` for a number without one, empty for text */
  unit: string;
  /** in words */
  meaning: string;
  /** `gap`, `valence_level`, `state` (of a reading), `threshold` (of a field), `tc` (of a formula), `pairing` (coupling and Tc by a theory of it), or empty */
  quantity: "" | "gap" | "valence_level" | "state" | "threshold" | "tc" | "pairing";
  /** that reading, field or formula; else empty */
  of: string;
  /** engine of the field; else empty */
  engine: string;
  /** dimensions that the tunnel of a gap or threshold spans; else `null` (1) */
  rank: number | null;
  /** name of the column whose error this is; else empty */
  error_of: string;
}

export interface ScanCrystal {
  /** chemical formula of the cell */
  formula: string;
  /** rows are the lattice vectors (Å) */
  cell_angstrom: number[][];
  /** element of each atom */
  symbols: string[];
  /** of each atom (1) */
  positions_fractional: number[][];
}

export interface ScanPoint {
  /** the target: pressure, or volume over the given crystal's (GPa or 1) */
  asked: number;
  /** `done` or `failed` */
  status: string;
  /** why it failed; empty where it did not */
  reason: string;
  /** number, text or `null`, by column name (see `columns`) */
  values: Record<string, number | string | null>;
  /** why a value is `null`, by column name */
  reasons: Record<string, string>;
  /** formula, cell, symbols and fractional positions; `null` where it failed */
  crystal: ScanCrystal | null;
  /** list of sentences */
  warnings: string[];
}
