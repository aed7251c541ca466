// Made from isotunnel/schemas/comparison.py by scripts/make_frontend_types.py.

import type * as analysis from "./analysis.ts";

export interface ComparedLine {
  /** `crystal`, `thresholds`, `lifting gaps`, `states` or `critical temperature` */
  group: "crystal" | "thresholds" | "lifting gaps" | "states" | "critical temperature";
  /** what it is, as in `ELF, 3D` */
  name: string;
  /** unit of values, errors and difference; `1` for pure numbers, empty for words */
  unit: string;
  /** list of value objects, one per crystal */
  entries: ComparedValue[];
  /** last value minus first; `null` where one is missing (line's) */
  difference: number | null;
}

export interface ComparedValue {
  /** `null` where there is none (line's) */
  value: number | null;
  /** estimated error from the grid, or of a formula; `null` where unknown (line's) */
  error: number | null;
  /** a state or a formula; where there is no value, why */
  words: string;
}

export interface Comparison {
  /** `isotunnel.comparison/1` */
  schema: "isotunnel.comparison/1";
  /** one per crystal, no two alike */
  names: string[];
  /** list of line objects: every quantity that one of them has */
  lines: ComparedLine[];
  /** the fields at one level; `null` without a common field */
  shared: SharedLevel | null;
  /** list of sentences on the comparison itself */
  remarks: string[];
  /** list of whole [analyses](#isotunnel-analyze-isotunnelanalysis1), one per crystal */
  analyses: analysis.Analysis[];
}

export interface SharedLevel {
  /** field that was cut: `elf`, `density`, ... */
  kind: string;
  /** of the level */
  unit: string;
  /** `above` or `below`: which region is open */
  side: "above" | "below";
  /** the same for all crystals (field's) */
  level: number;
  /** where it comes from */
  meaning: string;
  /** per crystal: in how many dimensions one network spans it there (1) */
  ranks: number[];
  /** whether the level means the same in every crystal; a potential has a zero of its own in each */
  of_one_zero: boolean;
}
